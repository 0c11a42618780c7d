using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Server;

/// <summary>The verbs that stop something that has a name from working, and let it go on: <c>pause</c>, <c>drain</c>, <c>resume</c>.</summary>
internal static class ModeCommands
{
    /// <param name="collection">Where the server keeps such things: <c>queues</c>.</param>
    /// <param name="noun">For the help: "queue".</param>
    /// <param name="row">Prints one of them for people.</param>
    public static Command Create(ServerOption server, string collection, string noun, string verb, string description, Action<JsonElement> row)
    {
        Argument<string> name = new("NAME") { Description = $"The {noun}'s name." };
        OutputOption output = new();
        return new Command(verb, description) { name, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            // Before it is there because of this.
            if (collection == KnownNames.Queues) await KnownNames.NoteUnknownAsync(client, collection, parsed.GetRequiredValue(name), cancel);
            Show.Write((await client.PostAsync(ApiPath.Of(collection, parsed.GetRequiredValue(name), verb), cancel)).Body, output.Of(parsed), row);
            return ExitCodes.Ok;
        });
    }
}
