using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job get</c>: one job with its executions and their logs.</summary>
internal static class JobGetCommand
{
    public static Command Create(ServerOption server)
    {
        JobArgument id = new();
        OutputOption output = new();
        return new Command("get", "Shows a job with its executions.") { id, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            JsonElement job = (await client.GetAsync(id.Path(parsed), cancel)).Body;
            Show.Write(job, output.Of(parsed), JobDetails.Write);
            return ExitCodes.Ok;
        });
    }
}
