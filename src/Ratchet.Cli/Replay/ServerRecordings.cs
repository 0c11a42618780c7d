using System.Net;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;
using Ratchet.Execution.Recordings;

namespace Ratchet.Cli.Replay;

/// <summary>Recordings that a server keeps.</summary>
internal static class ServerRecordings
{
    /// <exception cref="CliException">The server has none of that execution, or is not reached. The id of a job is told with those of its executions that were recorded.</exception>
    public static async Task<Recording> GetAsync(ApiClient client, string execution, CancellationToken cancel)
    {
        ApiAnswer answer;
        try
        {
            answer = await client.GetAsync($"{ApiPath.Of("executions", execution)}/recording", cancel);
        }
        catch (CliException e) when (e.Status == HttpStatusCode.NotFound)
        {
            throw await OfJobAsync(client, execution, cancel) ?? e;
        }

        return RecordingDocument.Read(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(answer.Body).ToArray(), $"the recording of {execution}");
    }

    /// <summary>Null when it is none of a job either.</summary>
    private static async Task<CliException?> OfJobAsync(ApiClient client, string id, CancellationToken cancel)
    {
        try
        {
            JsonElement job = (await client.GetAsync(ApiPath.Of("jobs", id), cancel)).Body;
            string[] recorded = [.. job.Items("executions").Where(e => e.Shown("recorded") == "true").Select(e => e.Shown("id"))];
            return new CliException(ExitCodes.NotFound, recorded.Length > 0
                ? $"'{id}' is a job; give --execution one of its executions that were recorded: {string.Join(", ", recorded)}."
                : $"'{id}' is a job, and none of its executions was recorded, or their recordings were kept long enough.");
        }
        catch (CliException)
        {
            return null;
        }
    }

    /// <summary>Ids of the last executions of a task that were recorded, newest first.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(ApiClient client, string task, int limit, CancellationToken cancel)
    {
        ApiAnswer answer = await client.GetAsync($"{ApiPath.Of("tasks", task)}/recordings?limit={limit}", cancel);
        return [.. answer.Body.EnumerateArray().Select(r => r.GetProperty("execution").GetString()!)];
    }
}
