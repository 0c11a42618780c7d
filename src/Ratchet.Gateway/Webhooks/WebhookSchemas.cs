using System.Text.Json.Nodes;
using Ratchet.Gateway.Jobs;
using Ratchet.Gateway.OpenApi;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Webhooks;

/// <summary>Webhooks as <see cref="WebhookJson"/> and <see cref="DeliveryJson"/> write them and <see cref="WebhookRequest"/> reads them.</summary>
internal static class WebhookSchemas
{
    public const string BodyExample = """{"id":"ci","url":"https://hooks.example.com/ratchet","events":["job.completed","job.failed"],"tasks":["addition"]}""";

    public const string Example = """
        {"id":"ci","url":"https://hooks.example.com/ratchet","events":["job.completed","job.failed"],"states":[],"tasks":["addition"],"queues":[],"concurrency":4,"enabled":true,
        "status":{"createdAt":"2026-03-01T12:00:00+00:00","updatedAt":"2026-03-01T12:00:00+00:00"}}
        """;

    public static readonly string[] States = [.. DeliveryStates.All.Select(state => state.Name())];

    public static readonly ApiBody Body = ApiBody.Of("WebhookDefinition", "Where events are sent to, and which.", WebhookRequest.Shape, new WebhookRequest.Draft("", Enabled: true), new Dictionary<string, string>
    {
        ["id"] = "Its name, 1 to 200 characters without /; the server makes one when it is absent.",
        ["url"] = $"Where events are sent to: http or https, at most {Limits.WebhookUrlChars} characters, without credentials and fragment.",
        ["description"] = $"For people, at most {Limits.WebhookDescriptionChars} characters.",
        ["events"] = $"Types of events: {string.Join(", ", WebhookEvents.All)}. All when empty.",
        ["states"] = "States that jobs come into; all when empty.",
        ["tasks"] = "Names of tasks; all when empty.",
        ["queues"] = "Names of queues; all when empty.",
        ["concurrency"] = $"Most attempts under way at once, 1 to {Limits.WebhookConcurrency}; {WebhookDefinition.DefaultConcurrency} when absent. With 1, first attempts are made in the order of the events.",
        ["enabled"] = "Whether anything is sent.",
        ["secret"] = "whsec_ and Base64 of 24 to 64 bytes; the server makes one when it is absent. When it is made alone.",
        ["status"] = "As an answer has it; it is not read.",
    }, "url");

    public static readonly ApiBody Patch = Body.Patch("WebhookPatch", "A JSON Merge Patch (RFC 7396) of a webhook.");

    public static readonly ApiBody Rotate = ApiBody.Of("RotateRequest", "A new secret.", WebhookVerbRequests.RotateShape, default, new Dictionary<string, string>
    {
        ["secret"] = "The new secret; the server makes one when it is absent.",
        ["overlap"] = $"How long both secrets sign, up to {Limits.WebhookOverlapDays} days; a day when absent.",
    });

    public static readonly ApiBody Resend = ApiBody.Of("ResendRequest", "Which failed deliveries are sent again.", WebhookVerbRequests.ResendShape, null, new Dictionary<string, string>
    {
        ["since"] = "Those of events from then on.",
    }, "since");

    public static readonly ApiType Webhook = ApiType.Of("Webhook", "Where events are sent to, and which.", Fields());

    public static readonly ApiType WithSecret = ApiType.Of("WebhookWithSecret", "A webhook with its secret, which is shown this once.",
        [.. Fields(), ("secret", Schema.Text("whsec_ and Base64: what signatures are made with (Standard Webhooks 1.0.0)."))]);

    public static readonly ApiType Delivery = ApiType.Of("Delivery", "An event on its way to a webhook.", DeliveryFields());

    public static readonly ApiType DeliveryDetails = ApiType.Of("DeliveryDetails", "An event on its way to a webhook, with its payload and attempts.",
    [
        .. DeliveryFields(),
        ("payload", Schema.Any("The body as it is sent.")),
        ("log", Schema.List(Schema.Object("An attempt.",
            ("number", Schema.Integer("From 1.", 1)),
            ("at", Schema.Instant()),
            ("status?", Schema.Integer("The receiver's HTTP status.")),
            ("error?", Schema.Text("Why there is none.")),
            ("duration", Schema.Duration()),
            ("response?", Schema.Text("What the receiver said, up to 1 KiB."))))),
    ]);

    private static (string Name, JsonObject Schema)[] Fields() =>
    [
        ("id", Schema.Text()),
        ("url", Schema.Text()),
        ("description?", Schema.Text()),
        ("events", Schema.List(Schema.Text())),
        ("states", Schema.List(Schema.Word(JobSchemas.States))),
        ("tasks", Schema.List(Schema.Text())),
        ("queues", Schema.List(Schema.Text())),
        ("concurrency", Schema.Integer(null, 1, Limits.WebhookConcurrency)),
        ("enabled", Schema.Flag()),
        ("status", Schema.Object("What the server says of it.",
            ("failingSince?", Schema.Instant()),
            ("disabledReason?", Schema.Text("Why the server disabled it.")),
            ("previousSecretUntil?", Schema.Instant("Until when the secret before signs too.")),
            ("createdAt", Schema.Instant()),
            ("updatedAt", Schema.Instant()))),
    ];

    private static (string Name, JsonObject Schema)[] DeliveryFields() =>
    [
        ("id", Schema.Text("Also the webhook-id header.")),
        ("type", Schema.Text("Of the event.")),
        ("state", Schema.Word(States)),
        ("job?", Schema.Uuid()),
        ("attempts", Schema.Integer(null, 0)),
        ("status?", Schema.Integer("The HTTP status of the last attempt.")),
        ("error?", Schema.Text("Why the last attempt had none.")),
        ("createdAt", Schema.Instant()),
        ("nextAt?", Schema.Instant("When it is tried again.")),
        ("finishedAt?", Schema.Instant()),
    ];
}
