using System.CommandLine;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Webhooks;

/// <summary><c>ratchet webhook</c>: endpoints that a server tells what happens to jobs.</summary>
internal static class WebhookCommand
{
    public const string Collection = "webhooks";

    public static Command Create()
    {
        ServerOption server = new();
        return new Command("webhook", "Makes, shows, tests and changes webhooks of a server.")
        {
            server,
            ReadCommands.List(server, Collection, "Lists webhooks.", WebhookTable.Write),
            ReadCommands.Get(server, Collection, "Shows a webhook; never its secret.", Id(), WebhookTable.WriteFields),
            WebhookSaveCommand.CreateNew(server), WebhookSaveCommand.Update(server), WebhookVerbs.Delete(server), WebhookVerbs.Rotate(server),
            WebhookVerbs.Switch(server, "enable", "Turns a webhook on; what waited goes on."), WebhookVerbs.Switch(server, "disable", "Turns a webhook off; events meanwhile are not told."),
            DeliveryCommands.List(server), DeliveryCommands.Resend(server), DeliveryCommands.Ping(server),
        };
    }

    public static Argument<string> Id() => new("ID") { Description = "The webhook's id." };
}
