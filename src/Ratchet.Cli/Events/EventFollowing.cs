using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Events;

/// <summary>Follows events until it is interrupted. A stream that breaks is taken up behind the last event.</summary>
internal sealed class EventFollowing(ApiClient client, TimeProvider time)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>How often in a row a server that was there is asked again.</summary>
    private const int MostTries = 30;

    /// <exception cref="CliException">The server cannot be reached (again), or refuses what is asked.</exception>
    public async Task RunAsync(string path, EventLines lines, CancellationToken cancel)
    {
        string? lastId = null;
        bool connected = false;
        for (int failures = 0; failures <= MostTries; failures++)
        {
            try
            {
                await foreach (ServerEvent happened in client.EventsAsync(path, lastId, cancel))
                {
                    (connected, failures) = (true, 0);
                    lastId = happened.Id ?? lastId;
                    if (happened.Name == "job") lines.Write(JsonElement.Parse(happened.Data));
                }
            }
            catch (CliException error) when (connected && error.ExitCode == ExitCodes.Unreachable && failures < MostTries)
            {
                // It restarts, perhaps.
            }

            await Task.Delay(AgainAfter, time, cancel);
        }

        throw new CliException(ExitCodes.Unreachable, "the server breaks the stream off all the time.");
    }
}
