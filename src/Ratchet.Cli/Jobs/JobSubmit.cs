using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary>
/// One submit, which leads to one job however often it is sent: it carries an idempotency key, the user's or one made for it. So an answer that gets lost is asked for again, also from a server
/// that has restarted meanwhile.
/// </summary>
/// <param name="userKey">Stands in <paramref name="body"/> already; null when the user gave none.</param>
internal sealed class JobSubmit(ApiClient client, byte[] body, string? userKey, TimeProvider time)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>How often a submit is sent again of which nobody knows what became.</summary>
    private const int MostTries = 30;

    // Of no more than one run of the command: a second `job run` is a second job.
    private readonly string key = userKey ?? $"cli-{Guid.CreateVersion7(time.GetUtcNow())}";

    private bool isLost;

    /// <summary>Whether the job has this submit's key, so that a repeat leads to it. The holder of a unique key, or a job that was only put off, has not.</summary>
    public bool IsKeyOf(JsonElement job) => job.Shown("idempotencyKey") == key;

    /// <summary>How to ask for the job when it is not known whether there is one; null when there is none, or it is known.</summary>
    public string? Doubt => isLost ? $"whether the job was accepted is not known; the same command with '--idempotency-key {key}' gives that job, or submits it" : null;

    /// <summary>Submits it, and answers once it is stored.</summary>
    /// <exception cref="CliException">The server cannot be reached, or refuses it.</exception>
    public async Task<ApiAnswer> SendAsync(CancellationToken cancel)
    {
        for (int failures = 0; ; failures++)
        {
            try
            {
                // Until it is answered: an interruption leaves it as it is.
                isLost = true;
                ApiAnswer answer = await AgainAsync(TimeSpan.Zero, cancel);
                isLost = false;
                return answer;
            }
            catch (CliException error) when (IsWorthAnotherTry(error, failures > 0) && failures < MostTries)
            {
                // It may have been accepted: the same key finds out.
                if (failures == 0) Messages.Note("the answer to the submit was lost; it is sent again, with the same key");
            }
            catch (CliException error)
            {
                isLost = failures > 0 ? error.ExitCode == ExitCodes.Unreachable : error.OutcomeUnknown;
                throw;
            }

            await Task.Delay(AgainAfter, time, cancel);
        }
    }

    /// <summary>The same submit once more, which changes nothing and answers with its job as it is then.</summary>
    /// <param name="wait">How long the server may hold its answer back for the job's end.</param>
    public Task<ApiAnswer> AgainAsync(TimeSpan wait, CancellationToken cancel) => client.PostAsync("jobs", body, wait, cancel, userKey is null ? key : null);

    /// <summary>Before anything was sent a server that is not there is told at once; after it everything is that looks like a restart.</summary>
    private static bool IsWorthAnotherTry(CliException error, bool sent) => error.OutcomeUnknown || (sent && error.ExitCode == ExitCodes.Unreachable);
}
