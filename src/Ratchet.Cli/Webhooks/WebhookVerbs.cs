using System.CommandLine;
using System.Text.Json;
using Ratchet.Cli.Input.Fields;
using Ratchet.Cli.Output;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Webhooks;

/// <summary><c>ratchet webhook delete</c>, <c>rotate</c>, <c>enable</c> and <c>disable</c>.</summary>
internal static class WebhookVerbs
{
    public static Command Delete(ServerOption server)
    {
        Argument<string> id = WebhookCommand.Id();
        return new Command("delete", "Deletes a webhook with its deliveries.") { id }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            await client.DeleteAsync(ApiPath.Of(WebhookCommand.Collection, parsed.GetRequiredValue(id)), cancel);
            Messages.Note($"webhook {parsed.GetRequiredValue(id)} is deleted");
            return ExitCodes.Ok;
        });
    }

    public static Command Rotate(ServerOption server)
    {
        Argument<string> id = WebhookCommand.Id();
        DurationField overlap = new("--overlap", "overlap", "How long the secret before signs too; 1d otherwise.");
        return new Command("rotate", "Gives a webhook a new secret, and prints it; it is not shown again.") { id, overlap }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            string path = ApiPath.Of(WebhookCommand.Collection, parsed.GetRequiredValue(id), "rotate");
            JsonElement webhook = (await client.PostAsync(path, RequestJson.Of(json => overlap.Write(parsed, json)), cancel)).Body;
            Console.Out.WriteLine(Messages.Clean(webhook.Shown("secret")));
            string until = webhook.Field("status")?.ShownTime("previousSecretUntil") ?? "";
            Messages.Note(until.Length > 0 ? $"the secret before signs too until {until}" : "the secret before is no longer valid");
            return ExitCodes.Ok;
        });
    }

    public static Command Switch(ServerOption server, string verb, string description)
    {
        Argument<string> id = WebhookCommand.Id();
        return new Command(verb, description) { id }.Runs(async (parsed, cancel) =>
        {
            using ApiClient client = server.Connect(parsed);
            JsonElement webhook = (await client.PostAsync(ApiPath.Of(WebhookCommand.Collection, parsed.GetRequiredValue(id), verb), cancel)).Body;
            Messages.Note($"webhook {webhook.Shown("id")} is {verb}d");
            return ExitCodes.Ok;
        });
    }
}
