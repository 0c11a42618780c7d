using Ratchet.Gateway.OpenApi;

namespace Ratchet.Gateway.Health;

/// <summary>Health as <see cref="HealthEndpoints"/> writes it.</summary>
internal static class HealthSchemas
{
    public static readonly ApiType Health = ApiType.Of("Health", "Whether the server takes work.",
        ("status", Schema.Word("ok", "not ready")),
        ("components?", Schema.List(Schema.Object("One part.",
            ("name", Schema.Text()),
            ("ready", Schema.Flag()),
            ("detail", Schema.Text()),
            ("latencyMs", Schema.Number("How long it took to answer."))))));
}
