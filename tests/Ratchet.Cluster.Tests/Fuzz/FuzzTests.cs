using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Ratchet.Tests.Support;

namespace Ratchet.Cluster.Tests.Fuzz;

/// <summary>
/// Requests that are nearly right, made out of the description of the interface and of GraphQL's schema, against a real server. RATCHET_FUZZ_REQUESTS says how many, RATCHET_FUZZ_SEED repeats a run's requests; <c>./test.sh --fuzz</c> sends 10,000.
/// </summary>
public class FuzzTests
{
    private const int Senders = 8;
    private const long MostGrowth = 96 << 20;
    private static readonly int Requests = Setting("RATCHET_FUZZ_REQUESTS", 500);
    private readonly int seed = Setting("RATCHET_FUZZ_SEED", Environment.TickCount & int.MaxValue);
    private readonly ConcurrentBag<string> faults = [];
    private readonly ConcurrentDictionary<int, int> statuses = new();

    [Fact]
    public async Task No_request_ends_in_a_fault_of_the_server_or_in_an_answer_that_is_not_described()
    {
        ITestOutputHelper output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"Seed {seed}, {Requests} requests.");
        await using Database database = await Database.CreateAsync("sqlite");
        await using Server server = await Server.StartAsync(database);
        var description = new Description(JsonNode.Parse(await server.Http.GetStringAsync("/openapi/v1.json"))!.AsObject());
        using var asked = JsonContent.Create(new { query = GraphMaker.Introspection });
        using HttpResponseMessage introspection = await server.Http.PostAsync("/graphql", asked);
        JsonObject schema = JsonNode.Parse(await introspection.Content.ReadAsStringAsync())!.AsObject();
        // What the server needs in any case, it has by then; the rest may not grow.
        await SendAsync(server, description, schema, 0, Requests / 4);
        long before = server.MemoryBytes;
        await SendAsync(server, description, schema, 1, Requests - (Requests / 4));
        long after = server.MemoryBytes;
        output.WriteLine($"Statuses: {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"))}; memory {before >> 20} -> {after >> 20} MiB.");
        Assert.True(faults.IsEmpty, $"Seed {seed}: {faults.Count} faults, such as\n{string.Join("\n", faults.Take(8))}\n{server.Log[^Math.Min(server.Log.Length, 3_000)..]}");
        Assert.True(after - before < MostGrowth, $"Memory went from {before >> 20} to {after >> 20} MiB.");
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/readyz")).StatusCode);
        Assert.Equal(0, await server.StopAsync());
    }

    private async Task SendAsync(Server server, Description description, JsonObject schema, int part, int count) =>
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(server, description, schema, new Random(unchecked((seed * 31) + (part * Senders) + sender)), count / Senders)));

    private async Task SendAsync(Server server, Description description, JsonObject schema, Random random, int count)
    {
        var maker = new RequestMaker(random, description);
        var graphs = new GraphMaker(random, schema);
        string job = "0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a";
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(6));
        for (int sent = 0; sent < count; sent++)
        {
            if (sent % 50 == 0) job = await JobAsync(server) ?? job;
            if (random.Next(20) == 0)
            {
                Look("raw", await RawRequests.SendAsync(random, server.Http.BaseAddress!.Port, bound.Token));
                continue;
            }

            using HttpRequestMessage request = random.Next(5) == 0 ? Graph(graphs) : maker.Next(server.Http.BaseAddress!, job);
            await OneAsync(server, description, request, bound.Token);
        }
    }

    private static HttpRequestMessage Graph(GraphMaker graphs)
    {
        var content = new ByteArrayContent(graphs.Next());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = content };
    }

    private async Task OneAsync(Server server, Description description, HttpRequestMessage request, CancellationToken cancel)
    {
        string said = $"{request.Method} {request.RequestUri!.OriginalString}";
        if (said == "POST /graphql") said += $" {Encoding.UTF8.GetString(await request.Content!.ReadAsByteArrayAsync(cancel))}";
        try
        {
            using HttpResponseMessage answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            statuses.AddOrUpdate((int)answer.StatusCode, 1, (_, n) => n + 1);
            // A stream goes on as long as its job.
            byte[] body = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? [] : await answer.Content.ReadAsByteArrayAsync(cancel);
            if ((int)answer.StatusCode >= 500) faults.Add($"{said} -> {(int)answer.StatusCode} {Encoding.UTF8.GetString(body)}");
            Look(said, Encoding.UTF8.GetString(body));
            if (answer.Content.Headers.ContentEncoding.Count == 0 && request.Method.Method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE") description.Accepts(request.Method.Method, answer, body);
        }
        catch (HttpRequestException)
        {
            // The client itself would not send it, or the server closed the connection on what it would not read on.
            statuses.AddOrUpdate(0, 1, (_, n) => n + 1);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            faults.Add($"{said}: {e.Message}");
        }
    }

    private void Look(string said, string answer)
    {
        if (answer.Contains("   at Ratchet.", StringComparison.Ordinal) || answer.Contains("   at System.", StringComparison.Ordinal) || answer.Contains("   at Microsoft.", StringComparison.Ordinal)) faults.Add($"{said} shows a stack: {answer}");
        if (answer.Contains("\"code\":\"internal\"", StringComparison.Ordinal)) faults.Add($"{said}: {answer[..Math.Min(answer.Length, 500)]}");
        if (answer.StartsWith("HTTP/1.1 5", StringComparison.Ordinal) && !answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal)) faults.Add($"{said}: {answer[..Math.Min(answer.Length, 300)]}");
    }

    private static async Task<string?> JobAsync(Server server)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync("/api/v1/jobs", new { task = "addition", input = new { num1 = 1, num2 = 2 } });
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>() : null;
    }

    private static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
