using System.Text.Json;

namespace Ratchet.Cli.Server;

/// <summary>The JSON object that a request carries.</summary>
internal static class RequestJson
{
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return body.ToArray();
    }
}
