using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Ratchet.Configuration;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Protection;

/// <summary>What stands before every endpoint.</summary>
internal static class Protection
{
    /// <summary>Headers of answers that pages of other origins may read.</summary>
    private static readonly string[] Exposed =
        ["x-total-count", "x-total-count-more", "Link", "ETag", "Location", "RateLimit-Policy", "RateLimit", "Retry-After", "X-Request-Id", "Preference-Applied", "Deprecation", "Sunset"];

    /// <exception cref="SettingsException">A value is none that the setting can have.</exception>
    public static void AddProtection(this WebApplicationBuilder builder, GatewayOptions options)
    {
        var settings = new ProtectionSettings(options);
        builder.Services.AddSingleton(settings).AddSingleton<HttpMetrics>().AddSingleton<ConnectionGate>();
        builder.Services.AddResponseCompression(compression =>
        {
            // A proxy that ends TLS before this server would hide https from it anyway; what BREACH needs is kept from it by ApiCompression.
            compression.EnableForHttps = true;
            compression.MimeTypes = ApiCompression.Types;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        builder.Services.AddSingleton<IResponseCompressionProvider, ApiCompression>();
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        builder.Services.AddCors();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = settings.MaxConnections;
            var gate = kestrel.ApplicationServices.GetRequiredService<ConnectionGate>();
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => gate.OnConnectionAsync(connection, next)));
        });
    }

    /// <summary>Puts it before what comes after. In this order: where a request comes from, what is counted, what an error looks like, who may ask, how often, how long.</summary>
    public static void UseProtection(this WebApplication app)
    {
        ProtectionSettings settings = app.Services.GetRequiredService<ProtectionSettings>();
        if (settings.Proxies.Count > 0) app.UseForwardedHeaders(Forwarding(settings));
        app.UseMiddleware<MetricsMiddleware>();
        if (settings.Hsts > TimeSpan.Zero)
        {
            var strict = new StrictTransport($"max-age={(long)settings.Hsts.TotalSeconds}");
            app.Use((http, next) =>
            {
                if (http.Request.IsHttps) http.Features.Set(strict);
                return next(http);
            });
        }

        app.UseMiddleware<ProblemMiddleware>();
        if (settings.Origins.Length > 0) app.UseCors(policy => Allow(policy, settings));
        if (settings.Rate is not null) app.UseMiddleware<RateLimitMiddleware>();
        if (settings.Compression) app.UseResponseCompression();
        app.UseMiddleware<TimeoutMiddleware>();
    }

    private static ForwardedHeadersOptions Forwarding(ProtectionSettings settings)
    {
        // Each proxy that is trusted may stand behind another one that is; the last address that is none of theirs is the client's.
        var forwarding = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarding.KnownIPNetworks.Clear();
        forwarding.KnownProxies.Clear();
        foreach (System.Net.IPNetwork network in settings.Proxies) forwarding.KnownIPNetworks.Add(network);
        return forwarding;
    }

    private static void Allow(CorsPolicyBuilder policy, ProtectionSettings settings)
    {
        if (settings.Origins.Contains("*")) policy.AllowAnyOrigin();
        else policy.WithOrigins(settings.Origins);
        policy.AllowAnyHeader().WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE").WithExposedHeaders(Exposed).SetPreflightMaxAge(TimeSpan.FromHours(1));
    }
}
