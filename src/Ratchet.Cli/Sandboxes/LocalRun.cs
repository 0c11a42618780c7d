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
    /// <summary>Its own time over, a replay has at least so much more: it ends by what is recorded, not by this machine's clock.</summary>
    private static readonly TimeSpan MoreTime = TimeSpan.FromSeconds(10);

    /// <summary>The request that has a recorded execution again.</summary>
    public static RunRequest Again(TaskPackage package, Recording recording, IFetchBroker fetch) => Request(Timeless(package), recording.Input, recording.Attempt, recording.Timeout + Longer(recording.Timeout, MoreTime), fetch) with
    {
        Execution = recording.Execution,
        Job = recording.Job,
        Replay = recording.Trace is { } trace ? trace with { Stopped = recording.WasStopped } : null,
    };

    private static TaskPackage Timeless(TaskPackage package) =>
        package.Execution.Limits is { CpuTime: not null } limits ? package with { Execution = package.Execution with { Limits = limits with { CpuTime = null } } } : package;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

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
