using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Protection;

/// <summary>
/// Ends a request whose answer has not begun in time, with 504. Once it has begun the server's least data rate watches over it; streams of events and WebSockets begin at once. An endpoint with a bound of
/// its own says so by <c>DisableRequestTimeout()</c>.
/// </summary>
internal sealed class TimeoutMiddleware(RequestDelegate next, ProtectionSettings settings, TimeProvider time, HttpMetrics metrics)
{
    public async Task InvokeAsync(HttpContext http)
    {
        TimeSpan patience = settings.RequestTimeout + (Preferences.Wait(http.Request.Headers) ?? TimeSpan.Zero);
        CancellationToken aborted = http.RequestAborted;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        http.RequestAborted = late.Token;
        bool fired = false;
        try
        {
            await using ITimer timer = time.CreateTimer(
                _ =>
                {
                    if (http.Response.HasStarted || http.GetEndpoint()?.Metadata.GetMetadata<DisableRequestTimeoutAttribute>() is not null) return;
                    fired = true;
                    late.Cancel();
                },
                null, patience, Timeout.InfiniteTimeSpan);
            await next(http);
        }
        catch (OperationCanceledException) when (Volatile.Read(ref fired) && !aborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            metrics.TimedOut();
            throw new ProblemException(Problem.Late(patience));
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    }
}
