using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;
using Ratchet.Jobs;

namespace Ratchet.Cli.Jobs;

/// <summary>Submits a job and follows it to its end. The server does the waiting; only what it leaves is polled for.</summary>
internal static class JobWait
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(Limits.WaitSeconds);

    /// <summary>Returns the job as it last was: ended, or not when <paramref name="timeout"/> is over.</summary>
    public static async Task<JsonElement> RunAsync(ApiClient client, byte[] body, TimeSpan timeout, TimeProvider time, CancellationToken cancel)
    {
        long started = time.GetTimestamp();
        JsonElement job = (await client.PostAsync("jobs", body, Bounded(timeout), cancel)).Body;
        while (!IsEnd(job.Shown("state")))
        {
            TimeSpan left = timeout - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) return job;
            await Task.Delay(left < PollPeriod ? left : PollPeriod, time, cancel);
            job = (await client.GetAsync($"jobs/{Uri.EscapeDataString(job.Shown("id"))}", cancel)).Body;
        }

        return job;
    }

    public static bool IsEnd(string state) => JobStates.TryParse(state, out JobState known) && known.IsTerminal();

    private static TimeSpan Bounded(TimeSpan wait) => wait < LongestWait ? wait : LongestWait;
}
