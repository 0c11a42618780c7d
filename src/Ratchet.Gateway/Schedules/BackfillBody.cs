using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;
using Ratchet.Schedules;

namespace Ratchet.Gateway.Schedules;

/// <summary>Reads the body of POST /schedules/{id}/backfills.</summary>
public static class BackfillBody
{
    private const int DefaultPerMinute = 60;

    internal static readonly BodyShape<(DateTimeOffset? From, DateTimeOffset? To, int PerMinute)> Shape = new("a backfill")
    {
        { "from", (draft, ref body) => draft with { From = body.Instant() } },
        { "to", (draft, ref body) => draft with { To = body.Instant() } },
        { "perMinute", (draft, ref body) => draft with { PerMinute = body.Integer() } },
    };

    /// <exception cref="ProblemException">Not JSON (400), or a field that is unknown, missing or of a wrong type (422).</exception>
    public static BackfillRequest Read(ReadOnlySpan<byte> body)
    {
        (DateTimeOffset? from, DateTimeOffset? to, int perMinute) = BodyReader.Read(body, Shape, (null, null, DefaultPerMinute));
        return new BackfillRequest(
            from ?? throw Missing("/from", "from is missing: the first instant of the range."),
            to ?? throw Missing("/to", "to is missing: the instant before which the range ends."),
            perMinute);
    }

    private static ProblemException Missing(string pointer, string detail) => new(Problem.InvalidField(pointer, detail));
}
