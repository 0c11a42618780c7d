using System.Text.Json;
using Ratchet.Gateway.Hosting;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>One event of a job's history as JSON.</summary>
internal static class EventJson
{
    /// <summary>Among those of its job.</summary>
    public static void Write(Utf8JsonWriter json, JobEvent happened) => Write(json, happened, ofAll: false);

    /// <summary>Among those of all jobs: with what it is of.</summary>
    public static void WriteOfAll(Utf8JsonWriter json, JobEvent happened) => Write(json, happened, ofAll: true);

    private static void Write(Utf8JsonWriter json, JobEvent happened, bool ofAll)
    {
        json.WriteStartObject();
        json.WriteString("cursor", happened.Cursor.ToString());
        json.WriteString("at", happened.At);
        if (ofAll)
        {
            json.WriteString("job", happened.Job.ToString());
            if (happened.Task is not null) json.WriteString("task", happened.Task);
            if (happened.Queue is not null) json.WriteString("queue", happened.Queue);
        }

        json.WriteString("transition", happened.Transition);
        if (happened.From is { } from) json.WriteString("from", from.Name());
        json.WriteString("to", happened.To.Name());
        json.WriteNumber("attempt", happened.Attempt);
        json.WriteWorker("actor", happened.Actor);
        if (happened.Reason is not null) json.WriteString("reason", happened.Reason);
        json.WriteEndObject();
    }
}
