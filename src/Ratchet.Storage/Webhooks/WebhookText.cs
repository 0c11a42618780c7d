using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ratchet.Webhooks;

namespace Ratchet.Storage.Webhooks;

/// <summary>A definition as it is stored: JSON.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(WebhookDefinition))]
internal sealed partial class WebhookText : JsonSerializerContext
{
    private static readonly WebhookText Compact = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(WebhookDefinition definition) => JsonSerializer.Serialize(definition, Compact.WebhookDefinition);

    public static WebhookDefinition Read(string json) =>
        JsonSerializer.Deserialize(json, Compact.WebhookDefinition) ?? throw new FormatException("A webhook's definition in the store is 'null'.");
}
