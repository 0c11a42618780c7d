using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Schedules;

/// <summary><c>ratchet schedule get</c>.</summary>
internal static class ScheduleGetCommand
{
    public static Command Create(ServerOption server)
    {
        Argument<string> id = ScheduleCommand.Id();
        OutputOption output = new();
        return new Command("get", "Shows a schedule.") { id, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync(ScheduleCommand.Path(parsed.GetRequiredValue(id)), cancel)).Body, output.Of(parsed), ScheduleDetails.Write);
            return ExitCodes.Ok;
        });
    }
}
