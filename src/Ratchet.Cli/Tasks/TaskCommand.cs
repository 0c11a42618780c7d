using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Tasks;

/// <summary><c>ratchet task</c>: the tasks that a server knows.</summary>
internal static class TaskCommand
{
    private const string Path = "tasks";

    public static Command Create()
    {
        ServerOption server = new();
        return new Command("task", "Lists, shows and controls tasks of a server.")
        {
            server, ReadCommands.List(server, Path, "Lists tasks.", tasks => Write(tasks.EnumerateArray())), ShowOne(server),
            ModeCommands.Create(server, Path, "task", "pause", "Starts no more jobs of it; new ones are taken, and what runs goes on.", WriteOne),
            ModeCommands.Create(server, Path, "task", "drain", "Takes no more jobs of it; those that are there are done.", WriteOne),
            ModeCommands.Create(server, Path, "task", "resume", "Takes jobs of it and starts them.", WriteOne),
            ModeCommands.Create(server, Path, "task", "disable", "Refuses new jobs of it until it is enabled again; those that are there are done.", WriteOne),
            ModeCommands.Create(server, Path, "task", "enable", "Takes jobs of it again.", WriteOne),
            Delete(server), TaskCacheCommand.Create(server, Path),
        };
    }

    private static Command ShowOne(ServerOption server)
    {
        Argument<string> name = new("NAME") { Description = "The task's name." };
        OutputOption output = new();
        return new Command("show", "Shows a task with its schemas and versions.") { name, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync(ApiPath.Of(Path, parsed.GetRequiredValue(name)), cancel)).Body, output.Of(parsed), WriteFields);
            return ExitCodes.Ok;
        });
    }

    private static Command Delete(ServerOption server)
    {
        Argument<string> name = new("NAME") { Description = "The task's name." };
        return new Command("delete", "Deletes a task that no unfinished job and no schedule needs, with all its versions.") { name }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            await client.DeleteAsync(ApiPath.Of(Path, parsed.GetRequiredValue(name)), cancel);
            Messages.Note($"task {parsed.GetRequiredValue(name)} is deleted; if it is still in a folder of tasks, it is back with the server's next start");
            return ExitCodes.Ok;
        });
    }

    private static void WriteOne(JsonElement task) => Write([task]);

    private static void Write(IEnumerable<JsonElement> tasks) => TableOutput.Write(
        ["NAME", "VERSION", "ENABLED", "MODE", "CIRCUIT", "LABEL", "SOURCE"],
        tasks.Select(task => new[]
        {
            task.Shown("name"), task.Shown("version"), task.Shown("enabled"), task.Shown("mode"), (task.Field("circuit") ?? default).Shown("state"), task.Shown("label"), task.Shown("source") + (task.Shown("sourceGone") == "true" ? " (gone)" : ""),
        }));

    private static void WriteFields(JsonElement task) =>
        TableOutput.WriteFields(task.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, task.Shown(p.Name))).Where(f => f.Value.Length > 0));
}
