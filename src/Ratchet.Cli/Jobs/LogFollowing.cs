using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary>Follows a log to its end. A stream that breaks is taken up behind the last line.</summary>
internal sealed class LogFollowing(ApiClient client, TimeProvider time)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>How often in a row a server that was there is asked again.</summary>
    private const int MostTries = 30;

    private string? lastId;
    private int failures;

    /// <exception cref="CliException">There is no such job, or the server cannot be reached (again).</exception>
    public async Task RunAsync(string path, LogLines lines, CancellationToken cancel)
    {
        bool connected = false;
        while (true)
        {
            try
            {
                await foreach (ServerEvent happened in client.EventsAsync(path, lastId, cancel))
                {
                    (connected, failures) = (true, 0);
                    if (happened.Name == "end") return;
                    lastId = happened.Id ?? lastId;
                    if (happened.Name == "line") lines.Write(JsonElement.Parse(happened.Data));
                    else if (happened.Name == "restart") LogLines.Restarted();
                }
            }
            catch (CliException error) when (connected && error.ExitCode == ExitCodes.Unreachable && failures < MostTries)
            {
                // It restarts, perhaps.
            }

            failures++;
            if (failures > MostTries) throw new CliException(ExitCodes.Unreachable, "the server breaks the log off all the time.");
            await Task.Delay(AgainAfter, time, cancel);
        }
    }
}
