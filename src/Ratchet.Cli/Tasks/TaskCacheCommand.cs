using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Tasks;

/// <summary><c>ratchet task cache</c>: the results that a task's equal jobs share.</summary>
internal static class TaskCacheCommand
{
    private static readonly string[] Fields = ["task", "enabled", "cache", "entries", "hits", "misses", "waiting", "purgedAt"];

    public static Command Create(ServerOption server, string path) => new("cache", "Shows or deletes the results that equal jobs of a task share.") { ShowOne(server, path), Purge(server, path) };

    private static Command ShowOne(ServerOption server, string path)
    {
        Argument<string> name = new("NAME") { Description = "The task's name." };
        OutputOption output = new();
        return new Command("show", "Shows how many results there are, how often one was given, and how many jobs wait for one.") { name, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync(ApiPath.Of(path, parsed.GetRequiredValue(name), "cache"), cancel)).Body, output.Of(parsed), Write);
            return ExitCodes.Ok;
        });
    }

    private static Command Purge(ServerOption server, string path)
    {
        Argument<string> name = new("NAME") { Description = "The task's name." };
        return new Command("purge", "Deletes all of them; attempts that run now leave none either.") { name }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            JsonElement answer = (await client.DeleteAsync(ApiPath.Of(path, parsed.GetRequiredValue(name), "cache"), cancel)).Body;
            Messages.Note($"{answer.Shown("deleted")} results of task {parsed.GetRequiredValue(name)} are deleted");
            return ExitCodes.Ok;
        });
    }

    private static void Write(JsonElement cache) => TableOutput.WriteFields(Fields.Select(f => KeyValuePair.Create(f, cache.Shown(f))).Where(f => f.Value.Length > 0));
}
