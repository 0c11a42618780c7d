using Ratchet.Gateway.Bodies;
using Ratchet.Limiting;

namespace Ratchet.Gateway.Submissions;

/// <summary><c>{count, window}</c>: how many may start within a window.</summary>
internal static class RateField
{
    internal static readonly BodyShape<(int? Count, TimeSpan? Window)> Shape = new("a rate")
    {
        { "count", (draft, ref body) => draft with { Count = body.Integer() } },
        { "window", (draft, ref body) => draft with { Window = body.Duration() } },
    };

    public static RateLimit Read(ref BodyReader body)
    {
        (int? count, TimeSpan? window) = body.Object(Shape, default);
        return new RateLimit(
            count ?? throw body.Missing("count", "how many may start within the window"),
            window ?? throw body.Missing("window", "the time within which they are counted"));
    }
}
