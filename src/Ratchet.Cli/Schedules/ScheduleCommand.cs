using System.CommandLine;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Schedules;

/// <summary><c>ratchet schedule</c>: what a server submits by the clock.</summary>
internal static class ScheduleCommand
{
    public static Command Create()
    {
        ServerOption server = new();
        return new Command("schedule", "Makes, shows and changes schedules of a server.")
        {
            server, ScheduleListCommand.Create(server), ScheduleGetCommand.Create(server), ScheduleSaveCommand.CreateNew(server), ScheduleSaveCommand.Update(server),
            ScheduleVerbs.Delete(server), ScheduleVerbs.Trigger(server), ScheduleVerbs.Enable(server), ScheduleVerbs.Disable(server), SchedulePreviewCommand.Create(server),
            ScheduleFiresCommand.Create(server), BackfillCommand.Create(server),
        };
    }

    public static Argument<string> Id() => new("ID") { Description = "The schedule's id." };

    public static string Path(string id, string more = "") => $"schedules/{Uri.EscapeDataString(id)}{more}";
}
