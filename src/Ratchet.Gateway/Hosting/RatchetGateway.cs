using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Ratchet.Configuration;
using Ratchet.Gateway.Bulk;
using Ratchet.Gateway.GraphQL;
using Ratchet.Gateway.Deprecations;
using Ratchet.Gateway.Events;
using Ratchet.Gateway.Health;
using Ratchet.Gateway.Jobs;
using Ratchet.Gateway.Limiting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Protection;
using Ratchet.Gateway.Schedules;
using Ratchet.Gateway.Queues;
using Ratchet.Gateway.Recordings;
using Ratchet.Gateway.Statistics;
using Ratchet.Gateway.Submissions.Bulk;
using Ratchet.Gateway.Tasks;
using Ratchet.Gateway.Webhooks;
using Ratchet.Gateway.Workers;

namespace Ratchet.Gateway.Hosting;

/// <summary>The front door: everything that a gateway serves. The host provides an <see cref="IGrainFactory"/> and a <see cref="TimeProvider"/>.</summary>
public static class RatchetGateway
{
    public static void AddRatchetGateway(this WebApplicationBuilder builder, ServerOptions options, GatewayOptions? gateway = null, GraphQLOptions? graph = null)
    {
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.InputBytes;
            // Above what is taken, so that an address that is too long is told so by this gateway and not by an answer without a body.
            kestrel.Limits.MaxRequestLineSize = 64 << 10;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 << 10;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.AddProtection(gateway ?? new GatewayOptions());
        builder.Services.AddSingleton(options);
        builder.Services.AddRoutingCore();
        builder.Services.AddGraphQL(graph ?? new GraphQLOptions());
        builder.Services.AddSingleton<EventMetrics>();
        builder.Services.AddSingleton<EventFollower>();
        builder.Services.AddSingleton<EventHub>();
        builder.AddApiDocument();
    }

    public static void MapRatchet(this WebApplication app)
    {
        app.UseProtection();
        app.UseMiddleware<CallerMiddleware>();
        app.UseGraphQLSockets();
        app.UseRouting();
        app.Use(DeprecatedEndpoints.TellAsync);
        app.MapHealth();
        app.MapTasks();
        app.MapTaskVersions();
        app.MapTaskUploads();
        app.MapJobs();
        app.MapBulkSubmit();
        app.MapSchedules();
        app.MapJobControls();
        app.MapJobLogs();
        app.MapExecutions();
        app.MapQueues();
        app.MapLimits();
        app.MapWorkers();
        app.MapBulk();
        app.MapRecordings();
        app.MapWebhooks();
        app.MapGraphQL();
        app.MapEvents();
        app.MapStatistics();
        if (!app.Services.GetRequiredService<ProtectionSettings>().Docs) return;
        app.MapApiDocument();
        app.MapDocs();
    }
}
