using System.Text;
using System.Text.Json;
using Ratchet.Jobs;

namespace Ratchet.Grains.Jobs;

/// <summary>The failure of a job that ended one worker after the other.</summary>
internal static class Quarantine
{
    /// <param name="lost">The workers that were lost, the last of them with nothing but this job in it.</param>
    public static Failure Evidence(IReadOnlyList<(string? Node, DateTimeOffset At, string Message)> lost) => new(
        FailureKind.WorkerLost,
        nameof(FailureKind.WorkerLost),
        $"The job ended {lost.Count} workers, the last one with nothing but this job in it: it is not tried again. Look at its task's memory and native calls, then retry it.",
        null,
        Details(lost));

    private static string Details(IReadOnlyList<(string? Node, DateTimeOffset At, string Message)> lost)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("lost");
            foreach ((string? node, DateTimeOffset at, string message) in lost)
            {
                json.WriteStartObject();
                json.WriteString("node", node);
                json.WriteString("at", at);
                json.WriteString("message", message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
