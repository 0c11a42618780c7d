using Ratchet.Gateway.Bodies;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Submissions;

/// <summary>A job's own retry policy. It takes the place of the task's as a whole: what it leaves out has the defaults that metadata has.</summary>
internal static class RetryField
{
    internal static readonly BodyShape<Draft> Shape = new("retry")
    {
        { "strategy", (draft, ref body) => draft with { Policy = draft.Policy with { Strategy = body.Word(BackoffStrategies.Words) }, Bound = "strategy" } },
        { "maxAttempts", (draft, ref body) => draft with { MaxAttempts = body.Integer() } },
        { "initialDelay", (draft, ref body) => draft with { Policy = draft.Policy with { InitialDelay = body.Duration() }, Bound = "initialDelay" } },
        { "maxDelay", (draft, ref body) => draft with { Policy = draft.Policy with { MaxDelay = body.Duration() }, Bound = "maxDelay" } },
        { "factor", (draft, ref body) => draft with { Policy = draft.Policy with { Factor = body.Number() }, Bound = "factor" } },
        { "jitter", (draft, ref body) => draft with { Policy = draft.Policy with { Jitter = body.Boolean() }, Bound = "jitter" } },
        { "delays", (draft, ref body) => draft with { Policy = draft.Policy with { Delays = body.DurationList() }, HasDelays = true } },
        { "maxElapsed", (draft, ref body) => draft with { Policy = draft.Policy with { MaxElapsed = body.Duration() } } },
        { "retryOn", (draft, ref body) => draft with { Policy = draft.Policy with { RetryOn = body.TextList() } } },
        { "noRetryOn", (draft, ref body) => draft with { Policy = draft.Policy with { NoRetryOn = body.TextList() } } },
    };

    public static Draft Read(ref BodyReader body)
    {
        Draft read = body.Object(Shape, new Draft(new RetryPolicy(), MaxAttempts: null));
        if (read is { HasDelays: true, Policy.Delays.Count: 0 })
            throw body.Refused("delays", "must have at least one wait; leave it out for waits that are worked out");
        if (read is { Bound: { } bound, Policy.Delays.Count: > 0 })
            throw body.Refused("delays", $"are the waits themselves: '{bound}' cannot stand beside them");
        return read.MaxAttempts is { } attempts ? read with { Policy = read.Policy with { MaxAttempts = attempts } } : read;
    }

    /// <param name="MaxAttempts">Null when it does not say, so that it can be told from the default.</param>
    /// <param name="Bound">A field that says how waits are worked out, if there is one.</param>
    /// <param name="HasDelays">It has a list of waits, perhaps an empty one.</param>
    internal sealed record Draft(RetryPolicy Policy, int? MaxAttempts, string? Bound = null, bool HasDelays = false);
}
