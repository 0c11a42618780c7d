using System.Text.Json;
using Ratchet.Gateway.Hosting;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>One event of a job's history as JSON.</summary>
internal static class EventJson
{
    public static void Write(Utf8JsonWriter json, JobEvent happened)
    {
        json.WriteStartObject();
        json.WriteString("cursor", happened.Cursor.ToString());
        json.WriteString("at", happened.At);
        json.WriteString("transition", happened.Transition);
        if (happened.From is { } from) json.WriteString("from", from.Name());
        json.WriteString("to", happened.To.Name());
        json.WriteNumber("attempt", happened.Attempt);
        json.WriteWorker("actor", happened.Actor);
        if (happened.Reason is not null) json.WriteString("reason", happened.Reason);
        json.WriteEndObject();
    }
}
