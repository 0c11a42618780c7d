using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Webhooks;

/// <summary>What is sent to a webhook: its deliveries, a ping, and sending again.</summary>
internal static class DeliveryEndpoints
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    public static void MapDeliveries(this IEndpointRouteBuilder webhooks)
    {
        webhooks.MapGet("{id}/deliveries", ListAsync).Describe("listDeliveries", "What is sent to a webhook, newest first", op => op
            .Query("state", Schema.Word(WebhookSchemas.States))
            .Query("type", Schema.Text("Type of the event."))
            .Query("job", Schema.Uuid("Of this job's events."))
            .Query("before", Schema.Text("The id of a delivery: what is older."))
            .Query("limit", Schema.Integer("Rows of a page; 50 when absent.", 1, Limits.ListRows))
            .Answer(200, "The deliveries, without payload and attempts.", Schema.List(WebhookSchemas.Delivery)));
        webhooks.MapGet("{id}/deliveries/{delivery}", GetAsync).Describe("getDelivery", "Get a delivery with its payload and attempts", op => op.Answer(200, "The delivery.", WebhookSchemas.DeliveryDetails));
        webhooks.MapPost("{id}/deliveries/{delivery}/resend", ResendAsync).Describe("resendDelivery", "Send a delivery again", op => Refused(op).TakesNothing().Answer(200, "The delivery.", WebhookSchemas.DeliveryDetails));
        webhooks.MapPost("{id}/resend", ResendFailedAsync).Describe("resendFailed", "Send failed deliveries again", op => Refused(op)
            .Takes(WebhookSchemas.Resend, """{"since":"2026-03-01T00:00:00Z"}""")
            .Answer(200, "How many.", Schema.Object(null, ("resent", Schema.Integer(null, 0)), ("more", Schema.Flag("There may be more: repeat it.")))));
        webhooks.MapPost("{id}/ping", PingAsync).Describe("pingWebhook", "Send a webhook a test", op => Refused(op)
            .Header("Prefer", Schema.Text($"wait=SECONDS (RFC 7240), at most {Limits.WaitSeconds}: wait for the delivery's end."))
            .TakesNothing()
            .Answer(201, "The delivery.", WebhookSchemas.DeliveryDetails, headers: ["Location"]));
    }

    private static Operation Refused(Operation op) => op
        .Problem(404, "not-found", "There is no such webhook, or no such delivery.")
        .Problem(409, "webhook-conflict", "The webhook's state does not allow it.");

    private static async Task ListAsync(HttpContext http, string id, IGrainFactory grains)
    {
        DeliveryFilter filter = DeliveryQuery.Read(http.Request.Query);
        await WebhookEndpoints.RequireAsync(http, id, grains);
        IReadOnlyList<DeliveryView> deliveries = await Directory(grains).ListDeliveriesAsync(WebhookEndpoints.KeyOf(http, id), filter, http.RequestAborted);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (DeliveryView delivery in deliveries) DeliveryJson.Write(json, delivery);
            json.WriteEndArray();
        });
    }

    private static async Task GetAsync(HttpContext http, string id, string delivery, IGrainFactory grains)
    {
        Guid known = IdOf(id, delivery);
        await WriteAsync(http, await FindAsync(http, id, known, grains) ?? throw WebhookNotFoundException.Of(id, known));
    }

    private static async Task ResendAsync(HttpContext http, string id, string delivery, IGrainFactory grains)
    {
        Guid known = IdOf(id, delivery);
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, WebhookEndpoints.BodyBytes));
        await WriteAsync(http, await WebhookEndpoints.GrainOf(http, id, grains).ResendAsync(known));
    }

    private static async Task ResendFailedAsync(HttpContext http, string id, IGrainFactory grains)
    {
        DateTimeOffset since = WebhookVerbRequests.Resend(await RequestBody.ReadJsonAsync(http, WebhookEndpoints.BodyBytes));
        int resent = await WebhookEndpoints.GrainOf(http, id, grains).ResendFailedAsync(since);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("resent", resent);
            json.WriteBoolean("more", resent == Limits.WebhookResend);
            json.WriteEndObject();
        });
    }

    private static async Task PingAsync(HttpContext http, string id, IGrainFactory grains, TimeProvider time)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, WebhookEndpoints.BodyBytes));
        DeliveryView ping = await WebhookEndpoints.GrainOf(http, id, grains).PingAsync(Guid.CreateVersion7(time.GetUtcNow()));
        http.Response.Headers.Location = $"/api/v1/webhooks/{Uri.EscapeDataString(id)}/deliveries/{DeliveryId.Format(ping.Id)}";
        if (Preferences.Wait(http.Request.Headers) is { } wait) ping = await EndOfAsync(http, id, ping, wait, grains, time);
        await WriteAsync(http, ping, StatusCodes.Status201Created);
    }

    /// <summary>Its end, or as it is when the time is over.</summary>
    private static async Task<DeliveryView> EndOfAsync(HttpContext http, string id, DeliveryView ping, TimeSpan wait, IGrainFactory grains, TimeProvider time)
    {
        long began = time.GetTimestamp();
        while (ping.State == DeliveryState.Pending && time.GetElapsedTime(began) < wait)
        {
            await Task.Delay(LookAgain, time, http.RequestAborted);
            ping = await FindAsync(http, id, ping.Id, grains) ?? ping;
        }

        return ping;
    }

    private static IWebhookDirectoryGrain Directory(IGrainFactory grains) => grains.GetGrain<IWebhookDirectoryGrain>(0);

    private static Task<DeliveryView?> FindAsync(HttpContext http, string id, Guid delivery, IGrainFactory grains) =>
        Directory(grains).GetDeliveryAsync(WebhookEndpoints.KeyOf(http, id), delivery, http.RequestAborted);

    private static Guid IdOf(string id, string delivery) =>
        DeliveryId.TryParse(delivery, out Guid known) ? known : throw new ProblemException(Problem.NotFound($"Webhook '{id}' has no delivery '{delivery}'."));

    private static Task WriteAsync(HttpContext http, DeliveryView delivery, int status = StatusCodes.Status200OK) =>
        JsonResponse.WriteAsync(http, status, json => DeliveryJson.Write(json, delivery, whole: true));
}
