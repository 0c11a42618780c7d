using System.Text.Json;

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>Whether bytes are JSON that is nested no deeper than it may be. A child is not believed even that its output is JSON: it would be stored and read by others.</summary>
internal static class JsonDepth
{
    public static bool Holds(ReadOnlySpan<byte> json, int most)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = most });
        try
        {
            while (reader.Read())
            {
            }
            return reader.BytesConsumed > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
