using Polly;
using Polly.CircuitBreaker;
using Ratchet.Tasks;
using CircuitState = Ratchet.Tasks.CircuitState;

namespace Ratchet.Grains.Tasks;

/// <summary>A task's circuit breaker: Polly's, which is told how attempts ended instead of running them.</summary>
internal sealed class TaskCircuit
{
    private readonly ResiliencePipeline<bool> pipeline;
    private readonly CircuitBreakerStateProvider state = new();
    private readonly TimeProvider time;

    public TaskCircuit(BreakerPolicy policy, TimeProvider time)
    {
        Policy = policy;
        this.time = time;
        pipeline = new ResiliencePipelineBuilder<bool> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<bool>
            {
                FailureRatio = policy.FailureRatio,
                MinimumThroughput = policy.MinimumThroughput,
                SamplingDuration = policy.Sampling,
                BreakDuration = policy.Break,
                ShouldHandle = static arguments => ValueTask.FromResult(!arguments.Outcome.Result),
                StateProvider = state,
                OnOpened = _ =>
                {
                    OpenUntil = time.GetUtcNow() + policy.Break;
                    return default;
                },
            })
            .Build();
    }

    public BreakerPolicy Policy { get; }

    /// <summary>When an open circuit lets one job try.</summary>
    public DateTimeOffset? OpenUntil { get; private set; }

    /// <summary>Polly goes from open to half-open only when it is asked; here that time alone decides.</summary>
    public CircuitState State => state.CircuitState switch
    {
        Polly.CircuitBreaker.CircuitState.Closed => CircuitState.Closed,
        _ when OpenUntil > time.GetUtcNow() => CircuitState.Open,
        _ => CircuitState.HalfOpen,
    };

    /// <summary>Attempts ended so. While the circuit is open, ends of attempts that began before count for nothing.</summary>
    public void Note(int succeeded, int failed)
    {
        for (int i = 0; i < failed; i++) Note(success: false);
        for (int i = 0; i < succeeded; i++) Note(success: true);
    }

    private void Note(bool success)
    {
        try
        {
            pipeline.Execute(static outcome => outcome, success);
        }
        catch (BrokenCircuitException)
        {
            // It is open: this attempt began before it opened, and says nothing of how things are now.
        }
    }
}
