using System.Text;
using System.Text.Json.Nodes;
using Ratchet.Gateway.Tests.OpenApi;
using Ratchet.Gateway.Tests.Support;
using Ratchet.Schedules;
using Ratchet.Submissions;
using Ratchet.Tests.Support;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Tests.BadInput;

/// <summary>Whatever is wrong with a request, the answer is the documented status and problem: docs/guides/bad-input.md is this table.</summary>
public sealed class BadInputTests : IClassFixture<GatewayStandIn>
{
    private readonly GatewayStandIn gateway;

    public BadInputTests(GatewayStandIn gateway)
    {
        this.gateway = gateway;
        gateway.Grains.Clear();
        gateway.Grains.On("IJobDirectoryGrain.GetAsync", (object?)null);
        gateway.Grains.On("IScheduleDirectoryGrain.GetAsync", _ => new ScheduleView
        {
            Tenant = "default", Revision = 7, CreatedAt = GatewayStandIn.Now, UpdatedAt = GatewayStandIn.Now,
            Definition = new ScheduleDefinition { Id = "a", Every = TimeSpan.FromMinutes(5), Job = new Submission { Task = "t", Input = "{}"u8.ToArray() } },
        });
        gateway.Grains.On("IWebhookDirectoryGrain.GetAsync", _ => new WebhookView
        {
            Tenant = "default", Revision = 7, CreatedAt = GatewayStandIn.Now, UpdatedAt = GatewayStandIn.Now,
            Definition = new WebhookDefinition { Id = "a", Url = "https://example.com/in" },
        });
    }

    public static TheoryData<int> Mistakes => [.. Enumerable.Range(0, Mistake.All.Length)];

    public static TheoryData<int> Requests => [.. Enumerable.Range(0, BadRequest.All.Length)];

    private async Task<IEnumerable<Target>> TargetsAsync() => (await DescriptionCheck.OfAsync(gateway.Services)).Operations.Where(o => o.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(o => new Target(o.Path, o.Method, o.Operation));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_has_the_same_answer_wherever_it_is_made(int index)
    {
        Mistake mistake = Mistake.All[index];
        var others = new List<string>();
        Target[] targets = [.. (await TargetsAsync()).Where(mistake.Where)];
        Assert.NotEmpty(targets);
        foreach (Target target in targets)
        {
            using HttpRequestMessage request = mistake.Request(target);
            request.Headers.ExpectContinue = mistake.Status == 413;
            if (Difference(await gateway.AskAsync(request), mistake.Status, mistake.Code, mistake.Pointer) is { } difference) others.Add($"{target.Method} {target.Path}: {difference}");
        }

        Assert.True(others.Count == 0, $"{mistake.What}:\n{string.Join('\n', others)}");
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_that_is_wrong_in_its_own_way_has_its_own_answer(int index)
    {
        BadRequest bad = BadRequest.All[index];
        bad.Grains?.Invoke(gateway.Grains);
        using var request = new HttpRequestMessage(new HttpMethod(bad.Method), $"/api/v1/{bad.Path}");
        string? type = bad.Header is { Name: "Content-Type" } typed ? typed.Value : "application/json";
        if (bad.Body is not null) request.Content = new StringContent(bad.Body, Encoding.UTF8, type);
        if (bad.Header is { Name: not "Content-Type" } header) request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        string? difference = Difference(await gateway.AskAsync(request), bad.Status, bad.Code, bad.Pointer);
        Assert.True(difference is null, $"{bad.What}: {difference}");
    }

    /// <summary>Nothing that a body's field says it takes is a list of lists.</summary>
    [Fact]
    public async Task A_field_of_another_type_is_told_by_its_pointer()
    {
        Description description = await DescriptionCheck.OfAsync(gateway.Services);
        var others = new List<string>();
        int tried = 0;
        foreach (Target target in (await TargetsAsync()).Where(t => t.TakesAnObject))
        {
            foreach ((string field, JsonNode? schema) in Fields(description, target))
            {
                // An input is any JSON; what is passed over is not read.
                if (schema!["type"] is null && schema["$ref"] is null || (field == "status" && target.Path.Contains("schedules", StringComparison.Ordinal))) continue;
                tried++;
                using HttpRequestMessage request = Mistake.Sending(target, new JsonObject { [field] = new JsonArray(new JsonArray()) }.ToJsonString());
                Answer answer = await gateway.AskAsync(request);
                if (Difference(answer, 422, "invalid-field", null) is { } difference) others.Add($"{target.Method} {target.Path} {field}: {difference}");
                else if (!answer.Body.GetProperty("errors")[0].GetProperty("pointer").GetString()!.StartsWith($"/{field}", StringComparison.Ordinal)) others.Add($"{target.Method} {target.Path} {field}: {answer.Body}");
            }
        }

        Assert.True(others.Count == 0, string.Join('\n', others));
        Assert.InRange(tried, 100, int.MaxValue);
    }

    [Fact]
    public async Task The_guide_has_this_table()
    {
        string guide = Path.Join(Repository.Root, "docs", "guides", "bad-input.md");
        string text = await File.ReadAllTextAsync(guide);
        string[] parts = text.Split("<!-- REST -->");
        Assert.Equal(3, parts.Length);
        string table = Table();
        if (Environment.GetEnvironmentVariable("RATCHET_UPDATE_DOCS") == "1") await File.WriteAllTextAsync(guide, string.Join("<!-- REST -->", parts[0], table, parts[2]));
        else Assert.True(parts[1] == table, "docs/guides/bad-input.md has another table: look at the change, then RATCHET_UPDATE_DOCS=1 ./test.sh Gateway");
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(Description description, Target target)
    {
        JsonNode schema = target.Body!["schema"]!;
        if (schema["$ref"] is { } reference) schema = description.Document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!;
        return schema["properties"]?.AsObject() ?? [];
    }

    /// <summary>What is otherwise than it is to be; null: nothing.</summary>
    private static string? Difference(Answer answer, int status, string? code, string? pointer)
    {
        string? type = code is null ? null : $"urn:ratchet:problem:{code}";
        string said = $"{answer.Status} {answer.Body}";
        if (answer.Status != status || (type is not null && answer.Text("type") != type)) return said;
        if (pointer is not null && (!answer.Body.TryGetProperty("errors", out System.Text.Json.JsonElement errors) || errors[0].GetProperty("pointer").GetString() != pointer)) return said;
        return type is not null && (answer.Text("detail").Length == 0 || answer.Text("detail").Contains("   at ", StringComparison.Ordinal)) ? said : null;
    }

    private static string Table()
    {
        var table = new StringBuilder("\n| mistake | with | status | problem |\n|---|---|---|---|\n");
        foreach (Mistake m in Mistake.All) table.AppendLine($"| {m.What} | {m.Of} | {m.Status} | `{m.Code}`{(m.Pointer is null ? "" : $", `{m.Pointer}`")} |");
        table.Append("\n| request | what is wrong | status | problem |\n|---|---|---|---|\n");
        foreach (BadRequest b in BadRequest.All)
        {
            string path = b.Path.Replace(Make.Id, "{id}", StringComparison.Ordinal).Split('?')[0];
            table.AppendLine($"| `{b.Method} /{path}` | {b.What} | {b.Status} | {(b.Code is null ? "" : $"`{b.Code}`")}{(b.Pointer is null ? "" : $", `{b.Pointer}`")} |");
        }

        return table.ToString();
    }
}
