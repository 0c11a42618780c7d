using Microsoft.AspNetCore.Http;

namespace Ratchet.Gateway.Protection;

/// <summary>Counts requests while somebody listens.</summary>
internal sealed class MetricsMiddleware(RequestDelegate next, HttpMetrics metrics, TimeProvider time)
{
    public Task InvokeAsync(HttpContext http) => metrics.CountsRequests ? CountAsync(http) : next(http);

    private async Task CountAsync(HttpContext http)
    {
        long began = time.GetTimestamp();
        await next(http);
        metrics.Ended(http, time.GetElapsedTime(began));
    }
}
