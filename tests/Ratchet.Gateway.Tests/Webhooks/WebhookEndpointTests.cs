using System.Text.Json;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Jobs;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Tests.Webhooks;

public sealed class WebhookEndpointTests : IClassFixture<GatewayStandIn>
{
    private static readonly Guid Delivery = Guid.Parse("01980000-0000-7000-8000-000000000001");
    private readonly GatewayStandIn gateway;
    private WebhookDefinition? sent;
    private string? secret;

    public WebhookEndpointTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
        gateway.Grains.On("IWebhookGrain.CreateAsync", args =>
        {
            (sent, secret) = ((WebhookDefinition)args[0]!, ((SecretText)args[1]!).Value);
            return ViewOf(sent);
        });
        gateway.Grains.On("IWebhookGrain.ReviseAsync", args => ViewOf(sent = (WebhookDefinition)args[0]!) with { Revision = (long)args[1]! + 1 });
        gateway.Grains.On("IWebhookGrain.EnableAsync", args => ViewOf(Known with { Enabled = (bool)args[0]! }));
        gateway.Grains.On("IWebhookGrain.RotateAsync", args =>
        {
            secret = ((SecretText)args[0]!).Value;
            return ViewOf(Known) with { PreviousSecretUntil = GatewayStandIn.Now + (TimeSpan)args[1]! };
        });
        gateway.Grains.On("IWebhookGrain.DeleteAsync", true);
        gateway.Grains.On("IWebhookGrain.PingAsync", _ => DeliveryOf(DeliveryState.Pending));
        gateway.Grains.On("IWebhookGrain.ResendAsync", _ => DeliveryOf(DeliveryState.Pending));
        gateway.Grains.On("IWebhookGrain.ResendFailedAsync", 3);
        gateway.Grains.On("IWebhookDirectoryGrain.GetAsync", args => ((WebhookKey)args[0]!).Id == "none" ? null : ViewOf(Known));
        gateway.Grains.On("IWebhookDirectoryGrain.ListAsync", (IReadOnlyList<WebhookView>)[ViewOf(Known)]);
        gateway.Grains.On("IWebhookDirectoryGrain.ListDeliveriesAsync", (IReadOnlyList<DeliveryView>)[DeliveryOf(DeliveryState.Failed)]);
        gateway.Grains.On("IWebhookDirectoryGrain.GetDeliveryAsync", args => (Guid)args[1]! == Delivery ? DeliveryOf(DeliveryState.Succeeded) : null);
    }

    private static WebhookDefinition Known => new() { Id = "orders", Url = "https://example.com/in", Events = ["job.failed"], States = [JobState.Failed], Tasks = ["t"], Queues = ["q"], Concurrency = 2 };

    [Fact]
    public async Task A_webhook_is_made_and_its_secret_is_shown_only_then()
    {
        Answer answer = await gateway.PostAsync("webhooks", """{"id":"orders","url":"https://example.com/in","events":["job.failed"],"states":["failed"],"tasks":["t"],"queues":["q"],"concurrency":2}""");
        Assert.Equal(201, answer.Status);
        Assert.True(Known.IsSameAs(sent!));
        Assert.True(WebhookSecret.TryParse(answer.Text("secret"), out _));
        Assert.Equal(secret, answer.Text("secret"));
        Assert.Equal(("/api/v1/webhooks/orders", "no-store", "\"7\""), (answer.Headers.Location!.ToString(), answer.Headers.CacheControl!.ToString(), answer.Headers.ETag!.ToString()));
        Answer shown = await gateway.GetAsync("webhooks/orders");
        Assert.Equal(
            """{"id":"orders","url":"https://example.com/in","events":["job.failed"],"states":["FAILED"],"tasks":["t"],"queues":["q"],"concurrency":2,"enabled":true,"status":{"createdAt":"2026-03-01T12:00:00+00:00","updatedAt":"2026-03-01T12:00:00+00:00"}}""",
            shown.Body.GetRawText());
        Assert.DoesNotContain("whsec", (await gateway.GetAsync("webhooks")).Body.GetRawText(), StringComparison.Ordinal);
        // Orleans writes calls that time out into logs, as they print themselves.
        Assert.Contains("IWebhookGrain.CreateAsync default/orders(orders, [secret])", gateway.Grains.Made);
    }

    [Fact]
    public async Task An_id_is_made_up_and_a_secret_may_be_brought()
    {
        await gateway.PostAsync("webhooks", """{"url":"https://example.com/","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}""");
        Assert.StartsWith("wh-", sent!.Id, StringComparison.Ordinal);
        Assert.Equal("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", secret);
    }

    [Theory]
    [InlineData("""{}""", 422, "/url")]
    [InlineData("""{"url":1}""", 422, "/url")]
    [InlineData("""{"url":"https://e.com","id":"a/b"}""", 422, "/id")]
    [InlineData("""{"url":"https://e.com","events":"job.failed"}""", 422, "/events")]
    [InlineData("""{"url":"https://e.com","states":["DONE"]}""", 422, "/states")]
    [InlineData("""{"url":"https://e.com","concurrency":"1"}""", 422, "/concurrency")]
    [InlineData("""{"url":"https://e.com","uri":"x"}""", 422, "/uri")]
    [InlineData("""{"url":"https://e.com","url":"https://e.com"}""", 422, "/url")]
    [InlineData("[]", 400, null)]
    [InlineData("{", 400, null)]
    public async Task What_makes_no_sense_is_refused_with_its_place(string body, int status, string? pointer)
    {
        (await gateway.PostAsync("webhooks", body)).Is(status, status == 400 ? "malformed" : "invalid-field", pointer);
        Assert.Null(sent);
    }

    [Fact]
    public async Task What_the_grain_refuses_is_told_by_field_and_state()
    {
        gateway.Grains.On("IWebhookGrain.CreateAsync", _ => throw new InvalidWebhookException([new WebhookFault("/url", "url cannot be called."), new WebhookFault("/tasks", "no.")]));
        Answer answer = await gateway.PostAsync("webhooks", """{"url":"http://10.0.0.1/"}""");
        answer.Is(422, "invalid-field", "/url");
        Assert.Equal(2, answer.Body.GetProperty("errors").GetArrayLength());
        gateway.Grains.On("IWebhookGrain.CreateAsync", _ => throw new WebhookConflictException("There is a webhook 'a' already."));
        (await gateway.PostAsync("webhooks", """{"id":"a","url":"http://10.0.0.1/"}""")).Is(409, "webhook-conflict");
    }

    [Fact]
    public async Task Changes_put_over_what_is_there_and_go_by_its_tag()
    {
        Assert.Equal(200, (await gateway.PatchAsync("webhooks/orders", """{"tasks":null,"enabled":false,"description":"d"}""")).Status);
        Assert.True((Known with { Tasks = [], Enabled = false, Description = "d" }).IsSameAs(sent!));
        Assert.Equal(200, (await gateway.PutAsync("webhooks/orders", """{"url":"https://other.example/"}""", "\"7\"")).Status);
        Assert.True(new WebhookDefinition { Id = "orders", Url = "https://other.example/" }.IsSameAs(sent!));
        (await gateway.PutAsync("webhooks/orders", """{"url":"https://other.example/"}""", "\"6\"")).Is(412, "precondition-failed");
        (await gateway.SendAsync("POST", "webhooks/orders/disable", null, "If-Match", "\"6\"")).Is(412, "precondition-failed");
        (await gateway.PutAsync("webhooks/orders", """{"id":"other","url":"https://other.example/"}""")).Is(422, "invalid-field", "/id");
        (await gateway.PatchAsync("webhooks/orders", """{"secret":"whsec_x"}""")).Is(422, "invalid-field", "/secret");
        (await gateway.PatchAsync("webhooks/none", "{}")).Is(404, "not-found");
    }

    [Fact]
    public async Task Verbs_reach_the_grain()
    {
        Assert.False((await gateway.PostAsync("webhooks/orders/disable")).Body.GetProperty("enabled").GetBoolean());
        Assert.True((await gateway.PostAsync("webhooks/orders/enable")).Body.GetProperty("enabled").GetBoolean());
        (await gateway.PostAsync("webhooks/orders/enable", """{"x":1}""")).Is(422, "invalid-field", "/x");
        Answer rotated = await gateway.PostAsync("webhooks/orders/rotate", """{"overlap":"2h"}""");
        Assert.Equal((secret, "2026-03-01T14:00:00+00:00"), (rotated.Text("secret"), rotated.Body.GetProperty("status").GetProperty("previousSecretUntil").GetString()));
        Assert.Equal("2026-03-02T12:00:00+00:00", (await gateway.PostAsync("webhooks/orders/rotate")).Body.GetProperty("status").GetProperty("previousSecretUntil").GetString());
        Assert.Equal(204, (await gateway.DeleteAsync("webhooks/orders")).Status);
        gateway.Grains.On("IWebhookGrain.DeleteAsync", false);
        (await gateway.DeleteAsync("webhooks/orders")).Is(404, "not-found");
    }

    [Fact]
    public async Task Deliveries_are_listed_shown_and_sent_again()
    {
        string id = DeliveryId.Format(Delivery);
        JsonElement listed = (await gateway.GetAsync($"webhooks/orders/deliveries?state=failed&type=job.failed&job={Make.Id}&before={id}&limit=5")).Body[0];
        Assert.Equal((id, "FAILED", "It answered 500."), (listed.GetProperty("id").GetString(), listed.GetProperty("state").GetString(), listed.GetProperty("error").GetString()));
        Assert.False(listed.TryGetProperty("payload", out _));
        Assert.Contains(gateway.Grains.Made, c => c.Contains($"State = Failed, Type = job.failed, Job = {Make.JobId}, Before = {Delivery}, Limit = 5", StringComparison.Ordinal));
        JsonElement whole = (await gateway.GetAsync($"webhooks/orders/deliveries/{id}")).Body;
        Assert.Equal("job.failed", whole.GetProperty("payload").GetProperty("type").GetString());
        Assert.Equal("""[{"number":1,"at":"2026-03-01T12:00:00+00:00","status":500,"error":"It answered 500.","duration":"12ms","response":"no"}]""", whole.GetProperty("log").GetRawText());
        Assert.Equal(200, (await gateway.PostAsync($"webhooks/orders/deliveries/{id}/resend")).Status);
        Assert.Equal("""{"resent":3,"more":false}""", (await gateway.PostAsync("webhooks/orders/resend", """{"since":"2026-03-01T00:00:00Z"}""")).Body.GetRawText());
        (await gateway.PostAsync("webhooks/orders/resend", "{}")).Is(422, "invalid-field", "/since");
        (await gateway.GetAsync("webhooks/orders/deliveries?state=done")).Is(422, "invalid-field", "/state");
        (await gateway.GetAsync("webhooks/orders/deliveries?page=2")).Is(422, "invalid-field", "/page");
        (await gateway.GetAsync("webhooks/none/deliveries")).Is(404, "not-found");
        (await gateway.GetAsync("webhooks/orders/deliveries/1")).Is(404, "not-found");
        (await gateway.GetAsync($"webhooks/orders/deliveries/{DeliveryId.Format(Guid.CreateVersion7())}")).Is(404, "not-found");
    }

    [Fact]
    public async Task A_ping_is_answered_at_once_or_when_it_is_over()
    {
        Answer ping = await gateway.PostAsync("webhooks/orders/ping");
        Assert.Equal((201, "PENDING", $"/api/v1/webhooks/orders/deliveries/{DeliveryId.Format(Delivery)}"), (ping.Status, ping.Text("state"), ping.Headers.Location!.ToString()));
        Assert.Equal("SUCCEEDED", (await gateway.PostWithAsync("webhooks/orders/ping", "{}", "Prefer", "wait=5")).Text("state"));
        gateway.Grains.On("IWebhookGrain.PingAsync", _ => throw WebhookNotFoundException.Of("orders"));
        (await gateway.PostAsync("webhooks/orders/ping")).Is(404, "not-found");
    }

    private static WebhookView ViewOf(WebhookDefinition definition) => new() { Tenant = "default", Definition = definition, Revision = 7, CreatedAt = GatewayStandIn.Now, UpdatedAt = GatewayStandIn.Now };

    private static DeliveryView DeliveryOf(DeliveryState state) => new()
    {
        Id = Delivery, Type = "job.failed", State = state, Job = Make.JobId, Attempts = 1, CreatedAt = GatewayStandIn.Now, Status = 500, Error = "It answered 500.", Payload = """{"type":"job.failed"}""",
        Log = [new DeliveryAttempt(1, GatewayStandIn.Now, 500, "It answered 500.", TimeSpan.FromMilliseconds(12.3), "no")],
    };
}
