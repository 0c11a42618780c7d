using Ratchet.Gateway.OpenApi;

namespace Ratchet.Gateway.Recordings;

/// <summary>Recordings as <see cref="RecordingEndpoints"/> lists them.</summary>
internal static class RecordingSchemas
{
    public static readonly ApiType Recording = ApiType.Of("Recording", "That there is a recording of an execution.",
        ("execution", Schema.Uuid()),
        ("job", Schema.Uuid()),
        ("task", Schema.Text()),
        ("version", Schema.Text()),
        ("attempt", Schema.Integer(null, 1)),
        ("outcome", Schema.Text()),
        ("createdAt", Schema.Instant()),
        ("size", Schema.Integer("Bytes, compressed.", 0)));
}
