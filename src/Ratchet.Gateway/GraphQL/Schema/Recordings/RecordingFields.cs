using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Recordings;

namespace Ratchet.Gateway.GraphQL.Schema.Recordings;

internal static class RecordingFields
{
    public static readonly ObjectFields<RecordingView> Recording = new("Recording")
    {
        { "id", recording => NodeId.Of("Recording", recording.Execution.ToString()) },
        { "executionId", recording => recording.Execution },
        { "execution", (recording, call) => call.Call.WholeExecutions().Load(recording.Execution) },
        { "jobId", recording => recording.Job.Value },
        { "job", (recording, call) => call.Job(recording.Job.Value) },
        { "task", recording => recording.Task },
        { "version", recording => recording.Version },
        { "attempt", recording => recording.Attempt },
        { "outcome", recording => recording.Outcome },
        { "createdAt", recording => recording.CreatedAt },
        { "size", recording => recording.Size },
        { "url", recording => $"/api/v1/executions/{recording.Execution}/recording" },
    };

    public static readonly RootFields Queries = new("Query") { { "recording", call => Get(call, NodeId.KeyOf("Recording", call.Arg<string>("id")!)) } };

    public static object? Get(FieldCall call, string key) => Guid.TryParse(key, out Guid execution) ? call.Recording(execution, null) : null;
}
