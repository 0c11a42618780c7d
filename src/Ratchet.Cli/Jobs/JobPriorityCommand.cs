using System.CommandLine;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;
using Ratchet.Jobs;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job priority</c>: gives a waiting job another priority.</summary>
internal static class JobPriorityCommand
{
    public static Command Create(ServerOption server)
    {
        JobArgument id = new();
        Argument<string> priority = new("PRIORITY") { Description = "low, normal, high or urgent." };
        priority.Validators.Add(result =>
        {
            if (!JobPriorities.TryParse(result.GetValueOrDefault<string>(), out _)) result.AddError($"PRIORITY must be {PriorityField.Form}.");
        });
        OutputOption output = new();
        return new Command("priority", "Gives a waiting job another priority.") { id, priority, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            byte[] body = RequestJson.Of(json => json.WriteString("priority", parsed.GetRequiredValue(priority).ToUpperInvariant()));
            Show.Write((await client.PostAsync(id.Path(parsed, "priority"), body, cancel)).Body, output.Of(parsed), JobTable.WriteOne);
            return ExitCodes.Ok;
        });
    }
}
