using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Protection;

/// <summary>
/// Ends a request whose answer has not begun in time, with 504. Once it has begun the server's least data rate watches over it; streams of events and WebSockets begin at once. An endpoint that waits says how long by
/// <see cref="RequestTimer"/>, and one with a bound of its own has <c>DisableRequestTimeout()</c>.
/// </summary>
internal sealed class TimeoutMiddleware(RequestDelegate next, ProtectionSettings settings, TimeProvider time, HttpMetrics metrics)
{
    public async Task InvokeAsync(HttpContext http)
    {
        CancellationToken aborted = http.RequestAborted;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        http.RequestAborted = late.Token;
        bool fired = false;
        TimeSpan patience = settings.RequestTimeout + (Preferences.Wait(http.Request.Headers) ?? TimeSpan.Zero);
        await using ITimer timer = time.CreateTimer(
            _ =>
            {
                if (http.Response.HasStarted || http.GetEndpoint()?.Metadata.GetMetadata<DisableRequestTimeoutAttribute>() is not null) return;
                Volatile.Write(ref fired, true);
                late.Cancel();
            },
            null, patience, Timeout.InfiniteTimeSpan);
        var bound = new RequestTimer(timer, settings.RequestTimeout, patience);
        http.Features.Set(bound);
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (Volatile.Read(ref fired) && !aborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            metrics.TimedOut();
            throw new ProblemException(Problem.Late(bound.Patience));
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    }
}

/// <summary>A request's time, for an endpoint that waits for something by design.</summary>
internal sealed class RequestTimer(ITimer timer, TimeSpan own, TimeSpan patience)
{
    /// <summary>How long the answer may take until it begins.</summary>
    public TimeSpan Patience { get; private set; } = patience;

    /// <summary>From now on the request waits so long for a job, and has its own time on top of that.</summary>
    public void WaitFor(TimeSpan wait)
    {
        Patience = own + wait;
        timer.Change(Patience, Timeout.InfiniteTimeSpan);
    }
}
