using System.Runtime.InteropServices;
using System.Text.Json;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Execution.Sandboxes;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Cli.Sandboxes;

/// <summary>Makes the request for one execution outside of a server.</summary>
internal static class LocalRun
{
    /// <summary>The request that has a recorded execution again.</summary>
    public static RunRequest Again(TaskPackage package, Recording recording, IFetchBroker fetch) => Request(package, recording.Input, recording.Attempt, recording.Timeout, fetch) with
    {
        Execution = recording.Execution,
        Job = recording.Job,
        Replay = recording.Trace,
    };

    /// <param name="timeout">Null for the task's own.</param>
    /// <param name="fetch">Null for the network.</param>
    public static RunRequest Request(TaskPackage package, JsonElement input, int attempt, TimeSpan? timeout, IFetchBroker? fetch) => new()
    {
        Package = package,
        Tenant = QueueKey.DefaultTenant,
        Execution = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        Attempt = attempt,
        Input = JsonMarshal.GetRawUtf8Value(input).ToArray(),
        Timeout = timeout ?? package.Execution.Timeout,
        ValidateInput = true,
        Fetch = fetch,
    };
}
