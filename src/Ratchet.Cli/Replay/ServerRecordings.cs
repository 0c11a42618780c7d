using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;
using Ratchet.Execution.Recordings;

namespace Ratchet.Cli.Replay;

/// <summary>Recordings that a server keeps.</summary>
internal static class ServerRecordings
{
    /// <exception cref="CliException">The server has none of that execution, or is not reached.</exception>
    public static async Task<Recording> GetAsync(ApiClient client, string execution, CancellationToken cancel)
    {
        ApiAnswer answer = await client.GetAsync($"{ApiPath.Of("executions", execution)}/recording", cancel);
        return RecordingDocument.Read(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(answer.Body).ToArray(), $"the recording of {execution}");
    }

    /// <summary>Ids of the last executions of a task that were recorded, newest first.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(ApiClient client, string task, int limit, CancellationToken cancel)
    {
        ApiAnswer answer = await client.GetAsync($"{ApiPath.Of("tasks", task)}/recordings?limit={limit}", cancel);
        return [.. answer.Body.EnumerateArray().Select(r => r.GetProperty("execution").GetString()!)];
    }
}
