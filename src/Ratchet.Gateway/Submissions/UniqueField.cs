using Ratchet.Gateway.Bodies;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Submissions;

/// <summary><c>{key, period?, onConflict?}</c>: one job a key.</summary>
internal static class UniqueField
{
    internal static readonly BodyShape<(string? Key, TimeSpan? Period, UniqueConflict Conflict)> Shape = new("unique")
    {
        { "key", (draft, ref body) => draft with { Key = body.Text() } },
        { "period", (draft, ref body) => draft with { Period = body.Duration() } },
        { "onConflict", (draft, ref body) => draft with { Conflict = Conflict(ref body) } },
    };

    public static UniqueRule Read(ref BodyReader body)
    {
        (string? key, TimeSpan? period, UniqueConflict conflict) = body.Object(Shape, default);
        return new UniqueRule(key ?? throw body.Missing("key", "of which there is to be one job"), period, conflict);
    }

    private static UniqueConflict Conflict(ref BodyReader body) =>
        body.Word(("reject", UniqueConflict.Reject), ("existing", UniqueConflict.Existing), ("replace", UniqueConflict.Replace));
}
