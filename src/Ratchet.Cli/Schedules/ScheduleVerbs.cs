using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Schedules;

/// <summary><c>ratchet schedule delete</c>, <c>trigger</c>, <c>enable</c> and <c>disable</c>.</summary>
internal static class ScheduleVerbs
{
    public static Command Delete(ServerOption server)
    {
        Argument<string> id = ScheduleCommand.Id();
        return new Command("delete", "Deletes a schedule with its history; its jobs go on.") { id }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            await client.SendAsync(HttpMethod.Delete, ScheduleCommand.Path(parsed.GetRequiredValue(id)), null, cancel);
            Messages.Note($"schedule {parsed.GetRequiredValue(id)} is deleted");
            return ExitCodes.Ok;
        });
    }

    public static Command Trigger(ServerOption server)
    {
        Argument<string> id = ScheduleCommand.Id();
        Option<string> key = new("--idempotency-key") { Description = "Triggering again with the same key gives the same job.", HelpName = "KEY" };
        return new Command("trigger", "Runs a schedule's job now, and prints the job's id.") { id, key }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            JsonElement fire = (await client.SendAsync(HttpMethod.Post, ScheduleCommand.Path(parsed.GetRequiredValue(id), "/trigger"), null, cancel, parsed.GetValue(key))).Body;
            Console.Out.WriteLine(Messages.Clean(fire.Shown("job")));
            Messages.Note($"the fire is {fire.Shown("state")}");
            return ExitCodes.Ok;
        });
    }

    public static Command Enable(ServerOption server) => Switch(server, "enable", "Turns a schedule on.");

    public static Command Disable(ServerOption server) => Switch(server, "disable", "Turns a schedule off; what passes meanwhile never fires.");

    private static Command Switch(ServerOption server, string verb, string description)
    {
        Argument<string> id = ScheduleCommand.Id();
        return new Command(verb, description) { id }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            JsonElement schedule = (await client.SendAsync(HttpMethod.Post, ScheduleCommand.Path(parsed.GetRequiredValue(id), $"/{verb}"), null, cancel)).Body;
            string next = schedule.Field("status")?.ShownTime("nextInstant") ?? "";
            Messages.Note($"schedule {schedule.Shown("id")} is {verb}d{(next.Length > 0 ? $", and fires next at {next}" : "")}");
            return ExitCodes.Ok;
        });
    }
}
