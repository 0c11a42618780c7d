using System.Net;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;
using Ratchet.Jobs;

namespace Ratchet.Cli.Jobs;

/// <summary>Follows a job to its end, over restarts of its server.</summary>
internal sealed class JobWait(ApiClient client, JobSubmit submit, TimeProvider time)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(Limits.WaitSeconds);

    /// <summary>How often in a row a server that was there is asked again.</summary>
    private const int MostTries = 30;

    /// <summary>Returns the job as it last was: ended, or not when <paramref name="timeout"/> is over.</summary>
    /// <param name="job">As the submit answered.</param>
    /// <exception cref="CliException">The server stayed away, or knows the job no more.</exception>
    public async Task<JsonElement> RunAsync(JsonElement job, TimeSpan timeout, CancellationToken cancel)
    {
        // The repeat of a submit waits at the server, and answers in the moment of the end. A job that was there already is looked at now and then: after its end a repeat could make another.
        bool repeats = submit.IsKeyOf(job);
        string path = ApiPath.Of("jobs", job.Shown("id"));
        long started = time.GetTimestamp();
        for (int failures = 0; !IsEnd(job.Shown("state"));)
        {
            TimeSpan left = timeout - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) return job;
            try
            {
                job = (await (repeats ? submit.AgainAsync(Shorter(left, LongestWait), cancel) : client.GetAsync(path, cancel))).Body;
                if (IsEnd(job.Shown("state"))) return job;
                failures = 0;
            }
            catch (CliException error) when (IsPassing(error) && failures < MostTries)
            {
                // It restarts, perhaps.
                failures++;
            }

            left = timeout - time.GetElapsedTime(started);
            if (left > TimeSpan.Zero) await Task.Delay(Shorter(left, AgainAfter), time, cancel);
        }

        return job;
    }

    public static bool IsEnd(string state) => JobStates.TryParse(state, out JobState known) && known.IsTerminal();

    private static bool IsPassing(CliException error) => error.ExitCode == ExitCodes.Unreachable || error.Status == HttpStatusCode.TooManyRequests;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
