using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job cancel</c>: ends a job wherever it stands, and says what it did.</summary>
internal static class JobCancelCommand
{
    public static Command Create(ServerOption server)
    {
        JobArgument id = new();
        TextField reason = new("--reason", "reason", "Why, for the job's history.", "TEXT");
        OutputOption output = new();
        return new Command("cancel", "Cancels a job: a waiting one never runs, a running one is interrupted.") { id, reason, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            byte[] body = RequestJson.Of(json => reason.Write(parsed, json));
            Show.Write((await client.PostAsync(id.Path(parsed, "cancel"), body, cancel)).Body, output.Of(parsed), WriteFields);
            return ExitCodes.Ok;
        });
    }

    private static void WriteFields(JsonElement done)
    {
        JsonElement job = done.Field("job") ?? default;
        TableOutput.WriteFields(new Dictionary<string, string>
        {
            ["id"] = job.Shown("id"), ["state"] = job.Shown("state"), ["was"] = done.Shown("was"), ["interrupted"] = done.Shown("interrupted"),
        }.Where(f => f.Value.Length > 0));
    }
}
