using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
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
        webhooks.MapGet("", ListAsync);
        webhooks.MapPost("", CreateAsync);
        webhooks.MapGet("{id}", GetAsync);
        webhooks.MapPut("{id}", ReplaceAsync);
        webhooks.MapPatch("{id}", PatchAsync);
        webhooks.MapDelete("{id}", DeleteAsync);
        webhooks.MapPost("{id}/rotate", RotateAsync);
        webhooks.MapPost("{id}/enable", (HttpContext http, string id, IGrainFactory grains) => EnableAsync(http, id, grains, enabled: true));
        webhooks.MapPost("{id}/disable", (HttpContext http, string id, IGrainFactory grains) => EnableAsync(http, id, grains, enabled: false));
        webhooks.MapDeliveries();
    }

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
        if (http.Request.Headers.IfMatch.Count > 0) EntityTags.Require(http, (await RequireAsync(http, id, grains)).Revision);
        if (!await GrainOf(http, id, grains).DeleteAsync()) throw new ProblemException(Problem.NotFound($"There is no webhook '{id}'."));
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
        await WriteAsync(http, await GrainOf(http, id, grains).EnableAsync(enabled));
    }

    private static Task WriteAsync(HttpContext http, WebhookView webhook, int status = StatusCodes.Status200OK, string? secret = null)
    {
        EntityTags.Write(http, webhook.Revision);
        if (secret is not null) http.Response.Headers.CacheControl = "no-store";
        return JsonResponse.WriteAsync(http, status, json => WebhookJson.Write(json, webhook, secret));
    }
}
