using System.Text.Json;
using Ratchet.Gateway.Problems;
using Ratchet.Schedules;

namespace Ratchet.Gateway.Schedules;

/// <summary>Reads the body of POST /schedules/{id}/backfills.</summary>
public static class BackfillBody
{
    private const int DefaultPerMinute = 60;

    /// <exception cref="ProblemException">Not JSON (400), or a field that is unknown, missing or of a wrong type (422).</exception>
    public static BackfillRequest Read(ReadOnlyMemory<byte> body)
    {
        DateTimeOffset? from = null, to = null;
        int perMinute = DefaultPerMinute;
        foreach ((string field, JsonElement value) in JsonFields.Read(body))
        {
            switch (field)
            {
                case "from": from = JsonFields.Instant(field, value); break;
                case "to": to = JsonFields.Instant(field, value); break;
                case "perMinute": perMinute = JsonFields.Integer(field, value); break;
                default: throw JsonFields.Wrong(field, $"'{field}' is not a field of a backfill; known are from, to, perMinute.");
            }
        }

        if (from is null) throw JsonFields.Wrong("from", "from is missing: the first instant of the range.");
        return to is null ? throw JsonFields.Wrong("to", "to is missing: the instant before which the range ends.") : new BackfillRequest(from.Value, to.Value, perMinute);
    }
}
