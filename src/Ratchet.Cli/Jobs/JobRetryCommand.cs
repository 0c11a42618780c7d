using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job retry</c>: sends a job that did not complete back to its queue, or lets one that waits go at once.</summary>
internal static class JobRetryCommand
{
    public static Command Create(ServerOption server)
    {
        JobArgument id = new();
        Option<string> key = new("--idempotency-key") { Description = "With the same key it is done once within 24 hours.", HelpName = "KEY" };
        OutputOption output = new();
        return new Command("retry", "Runs a job again that did not complete, or one that waits at once.") { id, key, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.SendAsync(HttpMethod.Post, id.Path(parsed, "retry"), null, cancel, parsed.GetValue(key))).Body, output.Of(parsed), JobTable.WriteOne);
            return ExitCodes.Ok;
        });
    }
}
