using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Ratchet.Clients;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Protection;

/// <summary>
/// A rate of requests for each client's address, told in <c>RateLimit-Policy</c> and <c>RateLimit</c> (draft-ietf-httpapi-ratelimit-headers-11); beyond it 429 with Retry-After. Probes of the
/// process's health are never refused: whoever restarts it by them shares an address with others.
/// </summary>
internal sealed class RateLimitMiddleware
{
    private readonly RequestDelegate next;
    private readonly ProtectionSettings settings;
    private readonly HttpMetrics metrics;
    private readonly ClientRate rate;
    private readonly ClientGate gate;
    private readonly string policy;

    public RateLimitMiddleware(RequestDelegate next, ProtectionSettings settings, HttpMetrics metrics, IGrainFactory grains, TimeProvider time, ILogger<RateLimitMiddleware> logger)
    {
        (this.next, this.settings, this.metrics, rate) = (next, settings, metrics, settings.Rate!.Value);
        gate = new ClientGate(grains, rate, time, metrics, logger);
        policy = string.Create(CultureInfo.InvariantCulture, $"\"address\";q={rate.Count};w={(int)rate.Window.TotalSeconds}");
    }

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address || !settings.Limits(address) || http.Request.Path.Value is "/livez" or "/readyz" or "/health") return next(http);
        ValueTask<Admission> admitting = gate.AdmitAsync(ClientAddress.Of(address));
        return admitting.IsCompletedSuccessfully ? GoOn(http, admitting.Result) : GoOnAsync(http, admitting);
    }

    private async Task GoOnAsync(HttpContext http, ValueTask<Admission> admitting) => await GoOn(http, await admitting);

    private Task GoOn(HttpContext http, Admission admission)
    {
        int reset = (int)Math.Ceiling(Math.Max(admission.RetryAfter.TotalSeconds, (rate.Count - admission.Remaining) * rate.TicksPerToken / TimeSpan.TicksPerSecond));
        // As features, for an answer may yet be cleared for a problem.
        http.Features.Set(new RateLimitHeaders(policy, string.Create(CultureInfo.InvariantCulture, $"\"address\";r={admission.Remaining};t={Math.Max(1, reset)}")));
        if (!admission.Denied)
        {
            ResponseHeaders.WriteRate(http);
            return next(http);
        }

        metrics.Limited();
        throw new ProblemException(Problem.RateLimited(rate.Count, rate.Window, (int)Math.Ceiling(admission.RetryAfter.TotalSeconds)));
    }
}

internal sealed record RateLimitHeaders(string Policy, string Limit);
