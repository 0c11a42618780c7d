using System.Net;
using Polly;
using Polly.CircuitBreaker;

namespace Ratchet.Execution.Fetch.Hosts;

/// <summary>One host and port: how many requests are under way to it, and whether it is left alone for a while because they fail (Polly's circuit breaker).</summary>
internal sealed class HostGate : IDisposable
{
    private readonly SemaphoreSlim slots;
    private readonly ResiliencePipeline<HttpResponseMessage> breaker;
    private readonly CircuitBreakerStateProvider state = new();

    public HostGate(FetchOptions options, TimeProvider time)
    {
        slots = new SemaphoreSlim(options.ConcurrentPerHost);
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (options.BreakerRatio > 0)
        {
            builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = options.BreakerRatio,
                MinimumThroughput = options.BreakerThroughput,
                SamplingDuration = options.BreakerSampling,
                BreakDuration = options.BreakerBreak,
                ShouldHandle = arguments => ValueTask.FromResult(FetchFailures.IsOfHost(arguments.Outcome)),
                StateProvider = state,
            });
        }

        breaker = builder.Build();
    }

    /// <summary>Requests that are under way or wait. Guarded by those who keep the gates.</summary>
    public int Users { get; set; }

    public bool IsOpen => state.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <exception cref="BrokenCircuitException">The host is left alone.</exception>
    public async ValueTask<HttpResponseMessage> SendAsync(Func<CancellationToken, ValueTask<HttpResponseMessage>> send, CancellationToken cancel)
    {
        await slots.WaitAsync(cancel);
        try
        {
            return await breaker.ExecuteAsync(send, cancel);
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose() => slots.Dispose();
}

/// <summary>What a failed request says of the host that it went to.</summary>
internal static class FetchFailures
{
    /// <summary>It did not answer, or said that it cannot now. What a policy refuses, or a script gives up, says nothing of the host.</summary>
    public static bool IsOfHost(Outcome<HttpResponseMessage> outcome) => outcome.Exception is FetchException { ErrorName: FetchException.Timeout } || IsPassing(outcome);

    /// <summary>The same request may succeed a moment later.</summary>
    public static bool IsPassing(Outcome<HttpResponseMessage> outcome) => outcome.Exception switch
    {
        HttpRequestException { InnerException: FetchException } => false,
        HttpRequestException or IOException => true,
        null => outcome.Result?.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        _ => false,
    };
}
