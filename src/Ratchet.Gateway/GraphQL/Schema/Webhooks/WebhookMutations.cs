using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Webhooks;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.GraphQL.Schema.Webhooks;

internal static class WebhookMutations
{
    /// <summary>Of a change, when others change the webhook too.</summary>
    private const int MostTries = 10;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    public static readonly RootFields Fields = new("Mutation")
    {
        { "createWebhook", call => Mutating.DoAsync(call, async () => await CreateAsync(call)) },
        { "updateWebhook", call => Mutating.DoAsync(call, async () => await UpdateAsync(call)) },
        { "replaceWebhook", call => Mutating.DoAsync(call, async () => await ReplaceAsync(call)) },
        { "deleteWebhook", call => Mutating.DoAsync(call, async () => await DeleteAsync(call)) },
        { "enableWebhook", call => Mutating.DoAsync(call, async () => Answer(await Grain(call).EnableAsync(true))) },
        { "disableWebhook", call => Mutating.DoAsync(call, async () => Answer(await Grain(call).EnableAsync(false))) },
        { "rotateWebhookSecret", call => Mutating.DoAsync(call, async () => await RotateAsync(call)) },
        { "pingWebhook", call => Mutating.DoAsync(call, async () => await PingAsync(call)) },
        { "resendDelivery", call => Mutating.DoAsync(call, async () => Answer(call, await Grain(call).ResendAsync(Delivery(call)))) },
        { "resendFailed", call => Mutating.DoAsync(call, async () => await ResendFailedAsync(call), ("resent", 0), ("more", false)) },
    };

    private static async Task<Payload> CreateAsync(FieldCall call)
    {
        (WebhookDefinition definition, string? given) = WebhookRequest.ReadNew(InputJson.Of(call.Object("input")!), $"wh-{Guid.CreateVersion7(call.Call.Services.Time.GetUtcNow()):N}");
        string secret = given ?? WebhookSecret.Generate();
        return new Payload(("webhook", await Grain(call, definition.Id).CreateAsync(definition, new SecretText(secret))), ("secret", secret));
    }

    private static Task<Payload> UpdateAsync(FieldCall call)
    {
        if (call.Object("patch") is not { } patch) throw new ProblemException(Problem.InvalidField("/patch", "patch must be an object."));
        byte[] body = InputJson.Of(patch);
        return ChangeAsync(call, known => WebhookRequest.Patch(known, body));
    }

    private static Task<Payload> ReplaceAsync(FieldCall call)
    {
        byte[] body = InputJson.Of(call.Object("input")!);
        return ChangeAsync(call, known => WebhookRequest.Read(body, known));
    }

    /// <summary>Works the new definition out of the one that is there, and again when somebody else changes it meanwhile.</summary>
    private static async Task<Payload> ChangeAsync(FieldCall call, Func<WebhookView, WebhookDefinition> change)
    {
        IWebhookGrain grain = Grain(call);
        for (int tries = 0; tries < MostTries; tries++)
        {
            WebhookView known = await WebhookFields.Directory(call.Call).GetAsync(new WebhookKey(call.Tenant, Id(call)), call.Cancel) ?? throw WebhookNotFoundException.Of(Id(call));
            if (call.Arg<long?>("revision") is { } revision && revision != known.Revision) throw new ProblemException(Problem.PreconditionFailed());
            if (await grain.ReviseAsync(change(known), known.Revision) is { } changed) return Answer(changed);
        }

        throw new WebhookConflictException($"Webhook '{Id(call)}' is changed by others all the time; try again.");
    }

    private static async Task<Payload> DeleteAsync(FieldCall call) =>
        await Grain(call).DeleteAsync(Mutating.Only(call)) ? new Payload(("deletedId", WebhookFields.IdOf(Id(call)))) : throw WebhookNotFoundException.Of(Id(call));

    private static async Task<Payload> RotateAsync(FieldCall call)
    {
        var body = new Dictionary<string, object?> { ["secret"] = call.Arg<string>("secret"), ["overlap"] = call.Arg<TimeSpan?>("overlap") };
        (string? given, TimeSpan overlap) = WebhookVerbRequests.Rotate(InputJson.Of(body));
        string secret = given ?? WebhookSecret.Generate();
        return new Payload(("webhook", await Grain(call).RotateAsync(new SecretText(secret), overlap)), ("secret", secret));
    }

    private static async Task<Payload> PingAsync(FieldCall call)
    {
        TimeSpan wait = call.Arg<TimeSpan?>("wait") ?? TimeSpan.Zero;
        if (wait < TimeSpan.Zero || wait > TimeSpan.FromSeconds(Limits.WaitSeconds)) throw new ProblemException(Problem.InvalidField("/wait", $"wait must be at most {Limits.WaitSeconds} seconds."));
        TimeProvider time = call.Call.Services.Time;
        DeliveryView ping = await Grain(call).PingAsync(Guid.CreateVersion7(time.GetUtcNow()));
        call.Call.Waits?.Invoke(wait);
        long began = time.GetTimestamp();
        while (ping.State == DeliveryState.Pending && time.GetElapsedTime(began) < wait && !call.Call.Services.Stopping.IsCancellationRequested)
        {
            await Task.Delay(LookAgain, time, call.Cancel);
            ping = await WebhookFields.Directory(call.Call).GetDeliveryAsync(new WebhookKey(call.Tenant, Id(call)), ping.Id, call.Cancel) ?? ping;
        }

        return Answer(call, ping);
    }

    private static async Task<Payload> ResendFailedAsync(FieldCall call)
    {
        int resent = await Grain(call).ResendFailedAsync(call.Arg<DateTimeOffset>("since"));
        return new Payload(("resent", resent), ("more", resent == Limits.WebhookResend));
    }

    private static Payload Answer(WebhookView webhook) => new(("webhook", webhook));

    private static Payload Answer(FieldCall call, DeliveryView delivery) => new(("delivery", new DeliveryOf(Id(call), delivery)));

    private static Guid Delivery(FieldCall call) =>
        DeliveryFields.KeyOf(Id(call), call.Arg<string>("deliveryId")!) ?? throw new ProblemException(Problem.NotFound($"Webhook '{Id(call)}' has no delivery '{call.Arg<string>("deliveryId")}'."));

    private static string Id(FieldCall call) => NodeId.KeyOf("Webhook", call.Arg<string>("id")!);

    private static IWebhookGrain Grain(FieldCall call) => EntityName.IsName(Id(call)) ? Grain(call, Id(call)) : throw WebhookNotFoundException.Of(Id(call));

    private static IWebhookGrain Grain(FieldCall call, string id) => call.Grains.GetGrain<IWebhookGrain>(new WebhookKey(call.Tenant, id).GrainKey);
}
