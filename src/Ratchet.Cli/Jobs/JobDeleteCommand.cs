using System.CommandLine;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job delete</c>: deletes a job that is at an end, with its history.</summary>
internal static class JobDeleteCommand
{
    public static Command Create(ServerOption server)
    {
        JobArgument id = new();
        return new Command("delete", "Deletes a job that is at an end, with its attempts and its history.") { id }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            await client.DeleteAsync(id.Path(parsed), cancel);
            Messages.Note($"job {parsed.GetRequiredValue(id)} is deleted");
            return ExitCodes.Ok;
        });
    }
}
