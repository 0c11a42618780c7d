using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job logs</c>: what a job's executions have said; with <c>--follow</c> what they say, on to the job's end.</summary>
internal static class JobLogsCommand
{
    public static Command Create(ServerOption server)
    {
        JobArgument id = new();
        Option<bool> follow = new("--follow", "-f") { Description = "Shows lines as they come, until the job ends." };
        OutputOption output = new();
        return new Command("logs", "Shows what a job has logged.") { id, follow, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string path = id.Path(parsed, "logs");
            var lines = new LogLines(output.Of(parsed));
            if (parsed.GetValue(follow))
            {
                if (output.Of(parsed) == OutputFormat.Yaml) throw new CliException(ExitCodes.Usage, "--follow prints table or json, one line each; not yaml.");
                await new LogFollowing(client, TimeProvider.System).RunAsync($"{path}?follow=true", lines, cancel);
                return ExitCodes.Ok;
            }

            JsonElement log = (await client.GetAsync(path, cancel)).Body;
            if (output.Of(parsed) == OutputFormat.Yaml) YamlOutput.Write(log);
            else foreach (JsonElement line in log.EnumerateArray()) lines.Write(line);
            return ExitCodes.Ok;
        });
    }
}
