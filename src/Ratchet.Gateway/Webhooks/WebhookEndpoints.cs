using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Webhooks;

/// <summary>/api/v1/webhooks.</summary>
public static class WebhookEndpoints
{
    internal const int BodyBytes = 256 << 10;

    /// <summary>Of a change, when others change the webhook too.</summary>
    private const int MostTries = 10;

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder webhooks = routes.MapGroup("/api/v1/webhooks");
        webhooks.MapGet("", ListAsync).Describe("listWebhooks", "List webhooks", op => op.AnswerList("All of them.", WebhookSchemas.Webhook, WebhookSchemas.Example));
        webhooks.MapPost("", CreateAsync).Describe("createWebhook", "Create a webhook", op => Refused(op)
            .Takes(WebhookSchemas.Body, WebhookSchemas.BodyExample)
            .Answer(201, "The webhook, with its secret.", WebhookSchemas.WithSecret, headers: ["Location", "ETag"]));
        webhooks.MapGet("{id}", GetAsync).Describe("getWebhook", "Get a webhook", op => op.Answer(200, "The webhook.", WebhookSchemas.Webhook, WebhookSchemas.Example, headers: ["ETag"]));
        webhooks.MapPut("{id}", ReplaceAsync).Describe("replaceWebhook", "Replace a webhook as a whole", op => Changed(op).IfMatch().Takes(WebhookSchemas.Body, WebhookSchemas.BodyExample));
        webhooks.MapPatch("{id}", PatchAsync).Describe("patchWebhook", "Change parts of a webhook", op => Changed(op)
            .IfMatch()
            .Takes(WebhookSchemas.Patch.Reference(), """{"concurrency":1}""", "application/merge-patch+json")
            .Takes(WebhookSchemas.Patch.Reference(), """{"concurrency":1}""", "application/json"));
        webhooks.MapDelete("{id}", DeleteAsync).Describe("deleteWebhook", "Delete a webhook", op => op.IfMatch().Answer(204, "It is gone, with its deliveries."));
        webhooks.MapPost("{id}/rotate", RotateAsync).Describe("rotateWebhookSecret", "Give a webhook a new secret", op => Refused(op)
            .Takes(WebhookSchemas.Rotate, """{"overlap":"1d"}""", optional: true)
            .Answer(200, "The webhook, with its new secret.", WebhookSchemas.WithSecret, headers: ["ETag"]));
        webhooks.MapPost("{id}/enable", (HttpContext http, string id, IGrainFactory grains) => EnableAsync(http, id, grains, enabled: true))
            .Describe("enableWebhook", "Let a webhook send again", op => Changed(op).IfMatch().TakesNothing());
        webhooks.MapPost("{id}/disable", (HttpContext http, string id, IGrainFactory grains) => EnableAsync(http, id, grains, enabled: false))
            .Describe("disableWebhook", "Let a webhook rest", op => Changed(op).IfMatch().TakesNothing());
        webhooks.MapDeliveries();
    }

    private static Operation Changed(Operation op) => Refused(op).Answer(200, "The webhook.", WebhookSchemas.Webhook, WebhookSchemas.Example, headers: ["ETag"]);

    private static Operation Refused(Operation op) => op
        .Problem(404, "not-found", "There is no such webhook.")
        .Problem(409, "webhook-conflict", "There is another of that id, there are too many, or its state does not allow it.")
        .Problem(422, "invalid-field", "A field is not valid.");

    /// <exception cref="ProblemException">No webhook can have this id (404).</exception>
    internal static WebhookKey KeyOf(HttpContext http, string id) =>
        EntityName.IsName(id) ? new WebhookKey(http.Tenant(), id) : throw new ProblemException(Problem.NotFound($"There is no webhook '{id}'."));

    internal static IWebhookGrain GrainOf(HttpContext http, string id, IGrainFactory grains) => grains.GetGrain<IWebhookGrain>(KeyOf(http, id).GrainKey);

    internal static async Task<WebhookView> RequireAsync(HttpContext http, string id, IGrainFactory grains) =>
        await grains.GetGrain<IWebhookDirectoryGrain>(0).GetAsync(KeyOf(http, id), http.RequestAborted)
        ?? throw new ProblemException(Problem.NotFound($"There is no webhook '{id}'."));

    private static async Task ListAsync(HttpContext http, IGrainFactory grains) =>
        await JsonResponse.WriteListAsync(http, await grains.GetGrain<IWebhookDirectoryGrain>(0).ListAsync(http.Tenant(), http.RequestAborted), WebhookJson.Write);

    private static async Task CreateAsync(HttpContext http, IGrainFactory grains, TimeProvider time)
    {
        byte[] body = await RequestBody.ReadJsonAsync(http, BodyBytes);
        (WebhookDefinition definition, string? given) = WebhookRequest.ReadNew(body, $"wh-{Guid.CreateVersion7(time.GetUtcNow()):N}");
        string secret = given ?? WebhookSecret.Generate();
        WebhookView webhook = await grains.GetGrain<IWebhookGrain>(new WebhookKey(http.Tenant(), definition.Id).GrainKey).CreateAsync(definition, new SecretText(secret));
        http.Response.Headers.Location = $"/api/v1/webhooks/{Uri.EscapeDataString(definition.Id)}";
        await WriteAsync(http, webhook, StatusCodes.Status201Created, secret);
    }

    private static async Task GetAsync(HttpContext http, string id, IGrainFactory grains) => await WriteAsync(http, await RequireAsync(http, id, grains));

    private static async Task ReplaceAsync(HttpContext http, string id, IGrainFactory grains)
    {
        byte[] body = await RequestBody.ReadJsonAsync(http, BodyBytes);
        await ChangeAsync(http, id, grains, webhook => WebhookRequest.Read(body, webhook));
    }

    private static async Task PatchAsync(HttpContext http, string id, IGrainFactory grains)
    {
        byte[] body = await RequestBody.ReadMergePatchAsync(http, BodyBytes);
        await ChangeAsync(http, id, grains, webhook => WebhookRequest.Patch(webhook, body));
    }

    /// <summary>Works the new definition out of the one that is there, and again when somebody else changes it meanwhile.</summary>
    private static async Task ChangeAsync(HttpContext http, string id, IGrainFactory grains, Func<WebhookView, WebhookDefinition> change)
    {
        for (int tries = 0; tries < MostTries; tries++)
        {
            WebhookView known = await RequireAsync(http, id, grains);
            EntityTags.Require(http, known.Revision);
            if (await GrainOf(http, id, grains).ReviseAsync(change(known), known.Revision) is not { } changed) continue;
            await WriteAsync(http, changed);
            return;
        }

        throw new ProblemException(Problem.Conflict("webhook-conflict", "It is being changed", $"Webhook '{id}' is changed by others all the time; try again."));
    }

    private static async Task DeleteAsync(HttpContext http, string id, IGrainFactory grains)
    {
        if (!await GrainOf(http, id, grains).DeleteAsync(EntityTags.Only(http))) throw new ProblemException(Problem.NotFound($"There is no webhook '{id}'."));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task RotateAsync(HttpContext http, string id, IGrainFactory grains)
    {
        (string? given, TimeSpan overlap) = WebhookVerbRequests.Rotate(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        string secret = given ?? WebhookSecret.Generate();
        await WriteAsync(http, await GrainOf(http, id, grains).RotateAsync(new SecretText(secret), overlap), StatusCodes.Status200OK, secret);
    }

    private static async Task EnableAsync(HttpContext http, string id, IGrainFactory grains, bool enabled)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        if (http.Request.Headers.IfMatch.Count > 0) await ChangeAsync(http, id, grains, webhook => webhook.Definition with { Enabled = enabled });
        else await WriteAsync(http, await GrainOf(http, id, grains).EnableAsync(enabled));
    }

    private static Task WriteAsync(HttpContext http, WebhookView webhook, int status = StatusCodes.Status200OK, string? secret = null)
    {
        EntityTags.Write(http, webhook.Revision);
        return JsonResponse.WriteAsync(http, status, json => WebhookJson.Write(json, webhook, secret));
    }
}
