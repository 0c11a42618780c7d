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
        var command = new Command("task", "Lists, shows, sends and controls tasks of a server.")
        {
            server, ReadCommands.List(server, Path, "Lists tasks.", tasks => Write(tasks.EnumerateArray())), ShowOne(server),
            ModeCommands.Create(server, Path, "task", "pause", "Starts no more jobs of it; new ones are taken, and what runs goes on.", WriteOne),
            ModeCommands.Create(server, Path, "task", "drain", "Takes no more jobs of it; those that are there are done.", WriteOne),
            ModeCommands.Create(server, Path, "task", "resume", "Takes jobs of it and starts them.", WriteOne),
            Use(server, "disable", "Refuses new jobs of it, or of one of its versions, until it is enabled again; those that are there are done."),
            Use(server, "enable", "Takes jobs of it, or of one of its versions, again."),
            Delete(server), TaskPushCommand.Create(server), TaskPullCommand.Create(server), TaskCacheCommand.Create(server, Path),
        };
        foreach (Command version in TaskVersionCommands.All(server)) command.Subcommands.Add(version);
        return command;
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

    private static Command Use(ServerOption server, string verb, string description)
    {
        Argument<string> name = new("NAME") { Description = "The task's name." };
        Option<string> version = Version();
        OutputOption output = new();
        return new Command(verb, description) { name, version, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string task = parsed.GetRequiredValue(name);
            if (parsed.GetValue(version) is { } number)
                Show.Write((await client.PostAsync(ApiPath.Of(Path, task, "versions", number, verb), cancel)).Body, output.Of(parsed), TaskVersionCommands.WriteOne);
            else Show.Write((await client.PostAsync(ApiPath.Of(Path, task, verb), cancel)).Body, output.Of(parsed), WriteOne);
            return ExitCodes.Ok;
        });
    }

    private static Command Delete(ServerOption server)
    {
        Argument<string> name = new("NAME") { Description = "The task's name." };
        Option<string> version = Version();
        return new Command("delete", "Deletes a task that no unfinished job and no schedule needs, with all its versions; or one version.") { name, version }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string task = parsed.GetRequiredValue(name);
            string? number = parsed.GetValue(version);
            await client.DeleteAsync(number is null ? ApiPath.Of(Path, task) : ApiPath.Of(Path, task, "versions", number), cancel);
            Messages.Note($"{(number is null ? "" : $"version {number} of ")}task {task} is deleted; if it is still in a folder of tasks, it is back with the server's next start");
            return ExitCodes.Ok;
        });
    }

    private static Option<string> Version() => new("--version") { Description = "One of its versions instead of the whole task.", HelpName = "VERSION" };

    private static void WriteOne(JsonElement task) => Write([task]);

    private static void Write(IEnumerable<JsonElement> tasks) => TableOutput.Write(
        [new("NAME", 1), new("VERSION", 2), new("ENABLED", 3), new("MODE", 4), new("CIRCUIT", 5), new("LABEL", 6, Fit.Wrap), new("SOURCE", 7, Fit.Cut)],
        tasks.Select(task => new[]
        {
            task.Shown("name"), task.Shown("version"), task.Shown("enabled"), task.Shown("mode"), (task.Field("circuit") ?? default).Shown("state"), task.Shown("label"), task.Shown("source") + (task.Shown("sourceGone") == "true" ? " (gone)" : ""),
        }));

    private static void WriteFields(JsonElement task) =>
        TableOutput.WriteFields(task.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Shown(task, p.Name))).Where(f => f.Value.Length > 0));

    private static string Shown(JsonElement task, string name) => name switch
    {
        "circuit" when task.Field(name) is { } circuit => circuit.ShownTime("openUntil") is { Length: > 0 } until ? $"{circuit.Shown("state")} until {until}" : circuit.Shown("state"),
        _ => name.EndsWith("At", StringComparison.Ordinal) ? task.ShownTime(name) : task.Shown(name),
    };
}
