using System.CommandLine;
using System.Globalization;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Queues;

/// <summary><c>ratchet queue weight</c>: how many turns a fairness key has for each turn of another.</summary>
internal static class QueueWeightCommand
{
    private const double Most = 1_000;

    public static Command Create(ServerOption server)
    {
        Argument<string> name = new("NAME") { Description = "The queue's name." };
        Argument<string> key = new("KEY") { Description = "The fairness key." };
        Argument<double> weight = new("WEIGHT") { Description = "Turns for each turn of a key with weight 1, which is what keys have unless told otherwise." };
        weight.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= Most)) result.AddError($"WEIGHT must be above 0, up to {Most}.");
        });
        return new Command("weight", "Sets how many turns a fairness key of a queue has.") { name, key, weight }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            await KnownNames.NoteUnknownAsync(client, KnownNames.Queues, parsed.GetRequiredValue(name), cancel);
            string path = ApiPath.Of("queues", parsed.GetRequiredValue(name), "weights", parsed.GetRequiredValue(key));
            double turns = parsed.GetRequiredValue(weight);
            // What everybody has is no setting: it is taken away, and not kept as one more row.
            if (turns == 1) await client.DeleteAsync(path, cancel);
            else await client.PutAsync(path, RequestJson.Of(json => json.WriteNumber("weight", turns)), cancel);
            Messages.Note(string.Create(CultureInfo.InvariantCulture, $"key '{parsed.GetRequiredValue(key)}' of queue '{parsed.GetRequiredValue(name)}' has weight {turns}"));
            return ExitCodes.Ok;
        });
    }
}
