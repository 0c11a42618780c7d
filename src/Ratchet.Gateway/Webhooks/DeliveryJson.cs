using System.Text.Json;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Webhooks;

/// <summary>Deliveries as JSON.</summary>
internal static class DeliveryJson
{
    /// <summary>As lists show it.</summary>
    public static void Write(Utf8JsonWriter json, DeliveryView delivery) => Write(json, delivery, whole: false);

    /// <param name="whole">With payload and attempts.</param>
    public static void Write(Utf8JsonWriter json, DeliveryView delivery, bool whole)
    {
        json.WriteStartObject();
        json.WriteString("id", DeliveryId.Format(delivery.Id));
        json.WriteString("type", delivery.Type);
        json.WriteString("state", delivery.State.Name());
        if (delivery.Job is { } job) json.WriteString("job", job.ToString());
        json.WriteNumber("attempts", delivery.Attempts);
        if (delivery.Status is { } status) json.WriteNumber("status", status);
        if (delivery.Error is not null) json.WriteString("error", delivery.Error);
        json.WriteString("createdAt", delivery.CreatedAt);
        json.WriteInstant("nextAt", delivery.NextAt);
        json.WriteInstant("finishedAt", delivery.FinishedAt);
        if (whole)
        {
            json.WritePropertyName("payload");
            json.WriteRawValue(delivery.Payload ?? "null");
            json.WriteStartArray("log");
            foreach (DeliveryAttempt attempt in delivery.Log) Write(json, attempt);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DeliveryAttempt attempt)
    {
        json.WriteStartObject();
        json.WriteNumber("number", attempt.Number);
        json.WriteString("at", attempt.At);
        if (attempt.Status is { } status) json.WriteNumber("status", status);
        if (attempt.Error is not null) json.WriteString("error", attempt.Error);
        json.WriteString("duration", Durations.Format(TimeSpan.FromMilliseconds(Math.Round(attempt.Duration.TotalMilliseconds))));
        if (attempt.Response is not null) json.WriteString("response", attempt.Response);
        json.WriteEndObject();
    }
}
