using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Server;

/// <summary><c>list</c> and <c>get</c>, which are alike for everything that has a name.</summary>
internal static class ReadCommands
{
    public static Command List(ServerOption server, string collection, string description, Action<JsonElement> table)
    {
        OutputOption output = new();
        return new Command("list", description) { output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync(collection, cancel)).Body, output.Of(parsed), table);
            return ExitCodes.Ok;
        });
    }

    public static Command Get(ServerOption server, string collection, string description, Argument<string> name, Action<JsonElement> fields)
    {
        OutputOption output = new();
        return new Command("get", description) { name, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync(ApiPath.Of(collection, parsed.GetRequiredValue(name)), cancel)).Body, output.Of(parsed), fields);
            if (collection == KnownNames.Queues) await KnownNames.NoteUnknownAsync(client, collection, parsed.GetRequiredValue(name), cancel);
            return ExitCodes.Ok;
        });
    }
}
