using Ratchet.Gateway.Bodies;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Submissions;

/// <summary><c>{key, delay, maxDelay?}</c>: one job when submits with a key pause.</summary>
internal static class DebounceField
{
    internal static readonly BodyShape<(string? Key, TimeSpan? Delay, TimeSpan? MaxDelay)> Shape = new("debounce")
    {
        { "key", (draft, ref body) => draft with { Key = body.Text() } },
        { "delay", (draft, ref body) => draft with { Delay = body.Duration() } },
        { "maxDelay", (draft, ref body) => draft with { MaxDelay = body.Duration() } },
    };

    public static DebounceRule Read(ref BodyReader body)
    {
        (string? key, TimeSpan? delay, TimeSpan? maxDelay) = body.Object(Shape, default);
        return new DebounceRule(
            key ?? throw body.Missing("key", "which submits belong together"),
            delay ?? throw body.Missing("delay", "how long after the last submit the job runs"),
            maxDelay);
    }
}
