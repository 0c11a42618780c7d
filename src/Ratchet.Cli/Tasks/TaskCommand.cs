using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Tasks;

/// <summary><c>ratchet task</c>: the tasks that a server knows.</summary>
internal static class TaskCommand
{
    public static Command Create()
    {
        ServerOption server = new();
        return new Command("task", "Lists and shows tasks of a server.") { server, List(server), ShowOne(server) };
    }

    private static Command List(ServerOption server)
    {
        OutputOption output = new();
        return new Command("list", "Lists tasks.") { output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync("tasks", cancel)).Body, output.Of(parsed), WriteTable);
            return ExitCodes.Ok;
        });
    }

    private static Command ShowOne(ServerOption server)
    {
        Argument<string> name = new("NAME") { Description = "The task's name." };
        OutputOption output = new();
        return new Command("show", "Shows a task with its schemas and versions.") { name, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync($"tasks/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}", cancel)).Body, output.Of(parsed), WriteFields);
            return ExitCodes.Ok;
        });
    }

    private static void WriteTable(JsonElement tasks)
    {
        string[] keys = ["name", "version", "enabled", "label", "source"];
        string[] columns = [.. keys.Select(key => key.ToUpperInvariant())];
        TableOutput.Write(columns, tasks.EnumerateArray().Select(task => keys.Select(key => task.Shown(key)).ToArray()));
    }

    private static void WriteFields(JsonElement task) =>
        TableOutput.WriteFields(task.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, task.Shown(p.Name))).Where(f => f.Value.Length > 0));
}
