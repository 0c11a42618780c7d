using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ratchet job why</c>: what keeps a job from running, in a sentence, then what is known of it.</summary>
internal static class JobWhyCommand
{
    public static Command Create(ServerOption server)
    {
        JobArgument id = new();
        OutputOption output = new();
        return new Command("why", "Says why a job does not run, or what it does.") { id, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync(id.Path(parsed, "why"), cancel)).Body, output.Of(parsed), Write);
            return ExitCodes.Ok;
        });
    }

    private static void Write(JsonElement why)
    {
        Console.Out.WriteLine(Messages.Clean(why.Shown("text")));
        List<KeyValuePair<string, string>> facts =
        [
            new("cause", why.Shown("cause")),
            new("state", (why.Field("job") ?? default).Shown("state")),
            new("subject", why.Shown("subject")),
            new("until", why.ShownTime("until")),
            new("holders", string.Join(' ', why.Items("holders").Select(h => h.ToString()))),
            new("ahead", Ahead(why)),
            new("estimate", why.ShownTime("estimate")),
        ];
        TableOutput.WriteFields(facts.Where(f => f.Value.Length > 0));
    }

    private static string Ahead(JsonElement why) =>
        why.Shown("aheadByPriority") is { Length: > 0 } above and not "0" ? $"{why.Shown("ahead")}, {above} of them of higher priority" : why.Shown("ahead");
}
