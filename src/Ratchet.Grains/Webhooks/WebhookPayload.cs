using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ratchet.Jobs;
using Ratchet.Storage.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Grains.Webhooks;

/// <summary>
/// Bodies as receivers get them (Standard Webhooks 1.0.0, Payload structure): type, timestamp, data, and the version of this form. Inputs, outputs and failures of
/// jobs are not in them: who needs one asks for the job, with rights of its own.
/// </summary>
internal static class WebhookPayload
{
    /// <summary>Fields may be added within a version; what changes or takes one away is a new version.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string tenant, WebhookEvent happened, string type)
    {
        JobEvent e = happened.Event;
        return Write(type, e.At, json =>
        {
            json.WriteString("tenant", tenant);
            json.WriteString("job", e.Job.ToString());
            Text(json, "task", happened.Task);
            Text(json, "taskVersion", happened.TaskVersion);
            Text(json, "queue", happened.Queue);
            json.WriteString("transition", e.Transition);
            Text(json, "from", e.From?.Name());
            json.WriteString("to", e.To.Name());
            json.WriteNumber("attempt", e.Attempt);
            if (e.Reason is { } reason) json.WriteString("reason", reason.Length > Limits.WebhookReasonChars ? Cut(reason) : reason);
            json.WriteString("cursor", e.Cursor.ToString());
        });
    }

    public static string Ping(WebhookKey key, DateTimeOffset at) => Write(WebhookEvents.Ping, at, json =>
    {
        json.WriteString("tenant", key.Tenant);
        json.WriteString("webhook", key.Id);
    });

    private static string Write(string type, DateTimeOffset at, Action<Utf8JsonWriter> data)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("timestamp", at.UtcDateTime);
            json.WriteNumber("version", Version);
            json.WriteStartObject("data");
            data(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Null where a job that is gone has none.</summary>
    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null) json.WriteNull(name);
        else json.WriteString(name, value);
    }

    private static string Cut(string reason) => reason[..(char.IsHighSurrogate(reason[Limits.WebhookReasonChars - 1]) ? Limits.WebhookReasonChars - 1 : Limits.WebhookReasonChars)];
}
