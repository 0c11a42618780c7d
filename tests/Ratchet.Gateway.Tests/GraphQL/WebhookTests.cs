using System.Text.Json;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Tests.GraphQL;

public sealed class WebhookTests(GatewayStandIn gateway) : GraphTests(gateway)
{
    private static readonly Guid Sent = Guid.Parse(Make.Id);

    private static string SentId => DeliveryId.Format(Sent);

    [Fact]
    public async Task Webhooks_are_pages_of_a_connection_in_the_order_of_their_ids()
    {
        Gateway.Grains.On("IWebhookDirectoryGrain.ListAsync", new[] { Webhook("b"), Webhook("a"), Webhook("c") });
        const string Page = "edges { cursor } nodes { webhookId url states enabled } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount";
        JsonElement first = (await DataAsync($"{{ webhooks(first: 2) {{ {Page} }} }}")).GetProperty("webhooks");
        Assert.Equal(("a b", true, false, 3), (Ids(first), Flag(first, "hasNextPage"), Flag(first, "hasPreviousPage"), first.GetProperty("totalCount").GetInt32()));
        string cursor = first.GetProperty("pageInfo").GetProperty("endCursor").GetString()!;
        JsonElement rest = (await DataAsync($"query($after: String) {{ webhooks(first: 2, after: $after) {{ {Page} }} }}", new { after = cursor })).GetProperty("webhooks");
        Assert.Equal(("c", false, true), (Ids(rest), Flag(rest, "hasNextPage"), Flag(rest, "hasPreviousPage")));
        JsonElement before = (await DataAsync($"query($before: String) {{ webhooks(last: 1, before: $before) {{ {Page} }} }}", new { before = cursor })).GetProperty("webhooks");
        Assert.Equal(("a", true, false), (Ids(before), Flag(before, "hasNextPage"), Flag(before, "hasPreviousPage")));
    }

    [Fact]
    public async Task Deliveries_go_on_behind_a_cursor_and_payloads_are_read_when_asked_for()
    {
        DeliveryFilter? asked = null;
        Gateway.Grains.On("IWebhookDirectoryGrain.GetAsync", Webhook("ci"));
        Gateway.Grains.On("IWebhookDirectoryGrain.ListDeliveriesAsync", args => { asked = (DeliveryFilter)args[1]!; return new[] { Delivery(), Delivery() with { Id = Guid.CreateVersion7() } }; });
        Gateway.Grains.On("IWebhookDirectoryGrain.GetDeliveryAsync", Delivery() with { Payload = """{"type":"job.completed"}""", Log = [new DeliveryAttempt(1, GatewayStandIn.Now, 500, "HTTP 500", TimeSpan.FromMilliseconds(12.4), "no")] });
        JsonElement list = (await DataAsync(
            "query($after: String) { webhook(id: \"ci\") { deliveries(first: 1, after: $after, filter: {state: FAILED, type: \"job.completed\"}) { nodes { deliveryId state attempts jobId } pageInfo { hasNextPage endCursor } } } }", new { after = SentId })).GetProperty("webhook").GetProperty("deliveries");
        Assert.Equal($$$"""{"nodes":[{"deliveryId":"{{{SentId}}}","state":"FAILED","attempts":1,"jobId":"{{{Make.Id}}}"}],"pageInfo":{"hasNextPage":true,"endCursor":"{{{SentId}}}"}}""", list.GetRawText());
        Assert.Equal((DeliveryState.Failed, "job.completed", Sent, 2), (asked!.State, asked.Type, asked.Before, asked.Limit));
        Assert.DoesNotContain("IWebhookDirectoryGrain.GetDeliveryAsync", Calls);
        JsonElement node = (await DataAsync("query($id: ID!) { node(id: $id) { ... on Delivery { webhookId payload log { number status duration response } webhook { url } } } }", new { id = Node("Delivery", $"ci/{SentId}") })).GetProperty("node");
        Assert.Equal("""{"webhookId":"ci","payload":{"type":"job.completed"},"log":[{"number":1,"status":500,"duration":"12ms","response":"no"}],"webhook":{"url":"https://hooks.example.com/ci"}}""", node.GetRawText());
    }

    [Fact]
    public async Task A_webhook_is_made_with_a_secret_that_is_shown_this_once()
    {
        (WebhookDefinition? made, string? kept) = (null, null);
        Gateway.Grains.On("IWebhookGrain.CreateAsync", args => { (made, kept) = ((WebhookDefinition)args[0]!, ((SecretText)args[1]!).Value); return Webhook("ci"); });
        JsonElement payload = (await DataAsync("""mutation { createWebhook(input: {id: "ci", url: "https://hooks.example.com/ci", events: ["job.failed"], states: [FAILED]}) { secret webhook { id webhookId } userErrors { code } } }""")).GetProperty("createWebhook");
        Assert.StartsWith("whsec_", kept, StringComparison.Ordinal);
        Assert.Equal(kept, payload.GetProperty("secret").GetString());
        Assert.Equal($$"""{"id":"{{Node("Webhook", "ci")}}","webhookId":"ci"}""", payload.GetProperty("webhook").GetRawText());
        Assert.Equal("[]", payload.GetProperty("userErrors").GetRawText());
        Assert.Equal(("ci", "job.failed", JobState.Failed), (made!.Id, made.Events.Single(), made.States.Single()));
        Gateway.Grains.On("IWebhookGrain.RotateAsync", args => { kept = ((SecretText)args[0]!).Value; return Webhook("ci"); });
        payload = (await DataAsync("""mutation { rotateWebhookSecret(id: "ci", overlap: "2h") { secret userErrors { code } } }""")).GetProperty("rotateWebhookSecret");
        Assert.Equal(kept, payload.GetProperty("secret").GetString());
    }

    [Fact]
    public async Task A_change_is_made_on_the_revision_that_it_was_worked_out_of()
    {
        var given = new List<(WebhookDefinition Definition, long Revision)>();
        Gateway.Grains.On("IWebhookDirectoryGrain.GetAsync", Webhook("ci"));
        Gateway.Grains.On("IWebhookGrain.ReviseAsync", args => { given.Add(((WebhookDefinition)args[0]!, (long)args[1]!)); return Webhook("ci"); });
        JsonElement data = await DataAsync("""
            mutation {
              patched: updateWebhook(id: "ci", patch: {concurrency: 1, description: null}, revision: 7) { webhook { webhookId } userErrors { code } }
              replaced: replaceWebhook(id: "ci", input: {url: "https://hooks.example.com/new"}) { webhook { webhookId } userErrors { code } }
              late: updateWebhook(id: "ci", patch: {concurrency: 2}, revision: 6) { webhook { webhookId } userErrors { code } }
              wrong: updateWebhook(id: "ci", patch: {concurency: 2}) { userErrors { code path } }
            }
            """);
        Assert.Equal("""{"webhook":null,"userErrors":[{"code":"precondition-failed"}]}""", data.GetProperty("late").GetRawText());
        Assert.Equal("""{"userErrors":[{"code":"invalid-field","path":["concurency"]}]}""", data.GetProperty("wrong").GetRawText());
        Assert.Equal([(1, "https://hooks.example.com/ci", 7L), (WebhookDefinition.DefaultConcurrency, "https://hooks.example.com/new", 7L)], given.Select(g => (g.Definition.Concurrency, g.Definition.Url, g.Revision)));
    }

    [Fact]
    public async Task Verbs_reach_the_webhook()
    {
        Gateway.Grains.On("IWebhookGrain.EnableAsync", args => Webhook("ci") with { Definition = Webhook("ci").Definition with { Enabled = (bool)args[0]! } });
        Gateway.Grains.On("IWebhookGrain.ResendAsync", Delivery());
        Gateway.Grains.On("IWebhookGrain.ResendFailedAsync", Limits.WebhookResend);
        Gateway.Grains.On("IWebhookGrain.DeleteAsync", args => true);
        Gateway.Grains.On("IWebhookGrain.PingAsync", Delivery());
        JsonElement data = await DataAsync(
            """
            mutation($own: ID!, $other: ID!) {
              disableWebhook(id: "ci") { webhook { enabled } }
              a: resendDelivery(id: "ci", deliveryId: $own) { delivery { deliveryId } }
              b: resendDelivery(id: "ci", deliveryId: $other) { delivery { deliveryId } userErrors { code } }
              resendFailed(id: "ci", since: "2026-03-01T00:00:00Z") { resent more }
              pingWebhook(id: "ci", wait: "5s") { delivery { state } }
              deleteWebhook(id: "ci") { deletedId }
            }
            """,
            new { own = Node("Delivery", $"ci/{SentId}"), other = Node("Delivery", $"another/{SentId}") });
        Assert.Equal($$$"""
            {"disableWebhook":{"webhook":{"enabled":false}},"a":{"delivery":{"deliveryId":"{{{SentId}}}"}},"b":{"delivery":null,"userErrors":[{"code":"not-found"}]},"resendFailed":{"resent":10000,"more":true},"pingWebhook":{"delivery":{"state":"FAILED"}},"deleteWebhook":{"deletedId":"{{{Node("Webhook", "ci")}}}"}}
            """, data.GetRawText());
    }

    [Fact]
    public async Task What_does_not_fit_the_webhooks_state_is_a_user_error()
    {
        Gateway.Grains.On("IWebhookGrain.CreateAsync", _ => throw new WebhookConflictException("There is another."));
        Gateway.Grains.On("IWebhookGrain.DeleteAsync", false);
        JsonElement data = await DataAsync("""
            mutation { createWebhook(input: {id: "ci", url: "https://hooks.example.com/ci"}) { secret userErrors { code } } deleteWebhook(id: "none") { userErrors { code } } pingWebhook(id: "a/b") { userErrors { code } } }
            """);
        Assert.Equal("""{"createWebhook":{"secret":null,"userErrors":[{"code":"webhook-conflict"}]},"deleteWebhook":{"userErrors":[{"code":"not-found"}]},"pingWebhook":{"userErrors":[{"code":"not-found"}]}}""", data.GetRawText());
    }

    private static WebhookView Webhook(string id) => new()
    {
        Tenant = "default", Definition = new WebhookDefinition { Id = id, Url = $"https://hooks.example.com/{id}", States = [JobState.Failed] }, Revision = 7, CreatedAt = GatewayStandIn.Now, UpdatedAt = GatewayStandIn.Now,
    };

    private static DeliveryView Delivery() => new() { Id = Sent, Type = "job.completed", State = DeliveryState.Failed, Job = Make.JobId, Attempts = 1, CreatedAt = GatewayStandIn.Now };

    private static string Ids(JsonElement page) => string.Join(' ', page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("webhookId").GetString()));

    private static bool Flag(JsonElement page, string name) => page.GetProperty("pageInfo").GetProperty(name).GetBoolean();
}
