using Polly;
using Polly.Retry;
using Ratchet.Execution.Fetch.Hosts;

namespace Ratchet.Execution.Fetch;

/// <summary>Makes requests again that may be made again: their method is idempotent (RFC 9110, 9.2.2), and what went wrong may pass.</summary>
internal sealed class FetchRetry
{
    // Longer than that is for the job's own retries.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly string[] Idempotent = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"];

    private readonly ResiliencePipeline<HttpResponseMessage> pipeline;
    private readonly TimeProvider time;

    public FetchRetry(FetchOptions options, TimeProvider time, Action retried)
    {
        this.time = time;
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = LongestWait,
                ShouldHandle = arguments => ValueTask.FromResult(FetchFailures.IsPassing(arguments.Outcome) && !(Asked(arguments.Outcome.Result) > LongestWait)),
                DelayGenerator = arguments => ValueTask.FromResult(Asked(arguments.Outcome.Result)),
                OnRetry = arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    retried();
                    return default;
                },
            });
        }

        pipeline = builder.Build();
    }

    public ValueTask<HttpResponseMessage> SendAsync(string method, Func<CancellationToken, ValueTask<HttpResponseMessage>> send, CancellationToken cancel) =>
        Idempotent.Contains(method) ? pipeline.ExecuteAsync(send, cancel) : send(cancel);

    /// <summary>How long the host asks to be left alone (Retry-After, RFC 9110, 10.2.3); null when it does not.</summary>
    private TimeSpan? Asked(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero,
        _ => null,
    };
}
