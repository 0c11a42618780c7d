using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Tasks;

/// <summary>The versions of a task and which of them is current.</summary>
internal static class TaskVersionCommands
{
    private const string Path = "tasks";

    public static IEnumerable<Command> All(ServerOption server) => [List(server), Promote(server), RollBack(server), History(server)];

    private static Command List(ServerOption server)
    {
        Argument<string> name = Name();
        OutputOption output = new();
        return new Command("versions", "Lists the versions of a task, newest first.") { name, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync(ApiPath.Of(Path, parsed.GetRequiredValue(name), "versions"), cancel)).Body, output.Of(parsed), versions => Write(versions.EnumerateArray()));
            return ExitCodes.Ok;
        });
    }

    private static Command Promote(ServerOption server)
    {
        Argument<string> name = Name();
        Argument<string> version = new("VERSION") { Description = "The version that jobs get from now on when they name none." };
        OutputOption output = new();
        return new Command("promote", "Makes a version of a task the current one.") { name, version, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string path = ApiPath.Of(Path, parsed.GetRequiredValue(name), "versions", parsed.GetRequiredValue(version), "promote");
            Show.Write((await client.PostAsync(path, cancel)).Body, output.Of(parsed), WriteOne);
            return ExitCodes.Ok;
        });
    }

    private static Command RollBack(ServerOption server)
    {
        Argument<string> name = Name();
        Option<string> from = new("--from") { Description = "Only when this version is current: then repeating does no harm.", HelpName = "VERSION" };
        OutputOption output = new();
        return new Command("rollback", "Makes the version of a task current that was so before.") { name, from, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            byte[] body = parsed.GetValue(from) is { } version ? RequestJson.Of(json => json.WriteString("from", version)) : RequestJson.Of(_ => { });
            Show.Write((await client.PostAsync(ApiPath.Of(Path, parsed.GetRequiredValue(name), "rollback"), body, cancel)).Body, output.Of(parsed), WriteOne);
            return ExitCodes.Ok;
        });
    }

    private static Command History(ServerOption server)
    {
        Argument<string> name = Name();
        Option<int> limit = new("--limit") { Description = "How many at most; 1 to 1000, default 50.", HelpName = "N", DefaultValueFactory = _ => 50 };
        OutputOption output = new();
        return new Command("history", "Shows which versions of a task were current, newest first, and who made them so.") { name, limit, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string query = ApiPath.Query([("limit", parsed.GetValue(limit).ToString(System.Globalization.CultureInfo.InvariantCulture))]);
            Show.Write((await client.GetAsync($"{ApiPath.Of(Path, parsed.GetRequiredValue(name), "promotions")}?{query}", cancel)).Body, output.Of(parsed), promotions => TableOutput.Write(
                [new("AT", 1), new("VERSION", 2), new("KIND", 3), new("ACTOR", 4, Fit.Cut)],
                promotions.EnumerateArray().Select(p => new[] { p.ShownTime("at"), p.Shown("version"), p.Shown("kind"), p.Shown("actor") })));
            return ExitCodes.Ok;
        });
    }

    public static void WriteOne(JsonElement version) => Write([version]);

    private static void Write(IEnumerable<JsonElement> versions) => TableOutput.Write(
        [new("NAME", 2), new("VERSION", 1), new("CURRENT", 3), new("ENABLED", 4), new("CREATED", 5), new("BY", 6, Fit.Cut), new("SOURCE", 7, Fit.Cut)],
        versions.Select(v => new[] { v.Shown("name"), v.Shown("version"), v.Shown("current"), v.Shown("enabled"), v.ShownTime("createdAt"), v.Shown("createdBy"), v.Shown("source") }));

    private static Argument<string> Name() => new("NAME") { Description = "The task's name." };
}
