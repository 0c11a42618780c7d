using System.CommandLine;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;
using Ratchet.Limiting;

namespace Ratchet.Cli.Limiting;

/// <summary><c>ratchet limit</c>: limits of keys, queues and tasks.</summary>
internal static class LimitCommand
{
    private const string Path = "limits";

    public static Command Create()
    {
        ServerOption server = new();
        return new Command("limit", "Lists, shows, sets and deletes limits of keys, queues and tasks.")
        {
            server, ReadCommands.List(server, Path, "Lists limits and what counts against them.", LimitTable.WriteAll), Get(server), Set(server), Delete(server),
        };
    }

    private static Command Get(ServerOption server)
    {
        (Argument<string> scope, Argument<string> name, OutputOption output) = (Scope(), Name(), new());
        return new Command("get", "Shows a limit, who holds it and which queues wait for it.") { scope, name, output }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.GetAsync(Target(parsed, scope, name), cancel)).Body, output.Of(parsed), LimitTable.WriteFields);
            return ExitCodes.Ok;
        });
    }

    private static Command Set(ServerOption server)
    {
        (Argument<string> scope, Argument<string> name, OutputOption output) = (Scope(), Name(), new());
        NumberField concurrency = new("--concurrency", "concurrency", "Most jobs that run at once.", 1, Limits.ConcurrencyLimit);
        RateField rate = new("--rate", "rate", "Most starts within any such window, such as 100/1m.");
        return new Command("set", "Sets a limit as a whole: what is left out is no limit.") { scope, name, concurrency, rate, output }.Runs(async (parsed, cancel) =>
        {
            byte[] body = RequestJson.Of(json =>
            {
                concurrency.Write(parsed, json);
                rate.Write(parsed, json);
            });
            if (body.Length <= "{}".Length) throw new CliException(ExitCodes.Usage, "a limit needs --concurrency, --rate or both; 'ratchet limit delete' takes one away.");
            using ApiClient client = server.Connect(parsed);
            Show.Write((await client.PutAsync(Target(parsed, scope, name), body, cancel)).Body, output.Of(parsed), LimitTable.WriteOne);
            string collection = $"{parsed.GetRequiredValue(scope).ToLowerInvariant()}s";
            if (collection is KnownNames.Tasks or KnownNames.Queues) await KnownNames.NoteUnknownAsync(client, collection, parsed.GetRequiredValue(name), cancel);
            return ExitCodes.Ok;
        });
    }

    private static Command Delete(ServerOption server)
    {
        (Argument<string> scope, Argument<string> name) = (Scope(), Name());
        return new Command("delete", "Takes a limit away.") { scope, name }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            await client.DeleteAsync(Target(parsed, scope, name), cancel);
            Messages.Note($"the limit of {parsed.GetRequiredValue(scope)} '{parsed.GetRequiredValue(name)}' is deleted");
            return ExitCodes.Ok;
        });
    }

    private static Argument<string> Scope()
    {
        Argument<string> scope = new("SCOPE") { Description = "What it is a limit of: key, queue or task.", HelpName = "key|queue|task" };
        scope.Validators.Add(result =>
        {
            if (!LimitScopes.TryParse(result.GetValueOrDefault<string>(), out _)) result.AddError("SCOPE must be key, queue or task.");
        });
        return scope;
    }

    private static Argument<string> Name() => new("NAME") { Description = "The concurrency or rate key, the queue or the task." };

    private static string Target(ParseResult parsed, Argument<string> scope, Argument<string> name) =>
        ApiPath.Of(Path, parsed.GetRequiredValue(scope).ToLowerInvariant(), parsed.GetRequiredValue(name));
}
