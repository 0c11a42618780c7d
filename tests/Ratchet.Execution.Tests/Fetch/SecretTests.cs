using System.Text;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Fetch.Secrets;

namespace Ratchet.Execution.Tests.Fetch;

/// <summary>Secrets are put in on the way out, to their hosts, and taken out of what comes back.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Value = "s3cr3t \"quoted\" & more";
    private static readonly FetchOptions Options = new() { PrivateNetworks = ["127.0.0.0/8", "::1"] };
    private readonly string folder = Directory.CreateTempSubdirectory("ratchet-secrets").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed class OneSecret(string host, params string[] tasks) : ISecretSource
    {
        public Secret? Find(string name) => name == "KEY" && HostPattern.TryParse(host, out HostPattern pattern) ? new Secret(Value, [pattern], tasks) : null;
    }

    private static FetchRequest Request(string url, string method = "GET", string? body = null, params (string Name, string Value)[] headers) =>
        new(url, method, [.. headers.Select(h => KeyValuePair.Create(h.Name, h.Value))], body is null ? null : Encoding.UTF8.GetBytes(body).AsMemory()) { Task = "billing" };

    /// <summary>A server that says what it was sent: in its body, and in a header.</summary>
    private static HandlerServer Echo(List<string> seen) => new(async (context, _) =>
    {
        using var reader = new StreamReader(context.Request.InputStream);
        string said = $"{context.Request.RawUrl}|{context.Request.Headers["X-Key"]}|{await reader.ReadToEndAsync()}";
        lock (seen) seen.Add(said);
        context.Response.Headers["X-Echo"] = context.Request.Headers["X-Key"] ?? "-";
        await HandlerServer.WriteAsync(context, said);
    });

    [Fact]
    public async Task A_reference_is_resolved_where_it_stands_and_never_comes_back()
    {
        List<string> seen = [];
        await using HandlerServer server = Echo(seen);
        using var broker = new HttpFetchBroker(Options, TimeProvider.System, new OneSecret("127.0.0.1"));
        FetchResponse response = await broker.FetchAsync(
            Request($"{server.Url}a?key={{{{secret:KEY}}}}", "POST", """{"key":"{{secret:KEY}}"}""", ("X-Key", "Bearer {{secret:KEY}}"), ("Content-Type", "application/json")), Cancel);
        Assert.Equal($$"""/a?key={{Uri.EscapeDataString(Value)}}|Bearer {{Value}}|{"key":"{{System.Text.Json.JsonEncodedText.Encode(Value)}}"}""", Assert.Single(seen));
        string answer = Encoding.UTF8.GetString(response.Body.Span);
        Assert.Equal("""/a?key={{secret:KEY}}|Bearer {{secret:KEY}}|{"key":"{{secret:KEY}}"}""", answer);
        Assert.Equal("Bearer {{secret:KEY}}", response.Headers.Single(h => h.Key == "x-echo").Value);
        Assert.DoesNotContain("s3cr3t", response.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://{{secret:KEY}}.example.org/", "not in its host")]
    [InlineData("https://user:{{secret:KEY}}@example.org/", "not in its host")]
    [InlineData("https://example.org\\{{secret:KEY}}", "not in its host")]
    public async Task A_secret_is_no_part_of_a_host(string url, string expected)
    {
        using var broker = new HttpFetchBroker(Options, TimeProvider.System, new OneSecret("*"));
        FetchException refused = await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(url), Cancel));
        Assert.Equal("ConfigurationError", refused.ErrorName);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_goes_to_its_hosts_and_by_no_redirect_to_others()
    {
        List<string> seen = [];
        await using HandlerServer target = Echo(seen);
        await using var redirect = new HandlerServer((context, _) =>
        {
            context.Response.Redirect($"{target.OtherUrl}stolen");
            return Task.CompletedTask;
        });
        using var broker = new HttpFetchBroker(Options, TimeProvider.System, new OneSecret("127.0.0.1"));
        FetchException elsewhere = await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(target.OtherUrl, headers: ("X-Key", "{{secret:KEY}}")), Cancel));
        Assert.Equal("Secret 'KEY' may not be sent to localhost.", elsewhere.Message);
        FetchException redirected = await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(redirect.Url, headers: ("X-Key", "{{secret:KEY}}")), Cancel));
        Assert.Equal("Secret 'KEY' may not be sent to localhost.", redirected.Message);
        Assert.Empty(seen);
    }

    [Fact]
    public async Task An_error_that_names_an_address_shows_no_secret()
    {
        await using var server = new HandlerServer((context, _) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers["Location"] = $"ftp://127.0.0.1/?back={Uri.EscapeDataString(context.Request.Headers["X-Key"]!)}";
            return Task.CompletedTask;
        });
        using var broker = new HttpFetchBroker(Options, TimeProvider.System, new OneSecret("127.0.0.1"));
        FetchException refused = await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request(server.Url, headers: ("X-Key", "{{secret:KEY}}")), Cancel));
        Assert.Equal($"{server.Url} was redirected to where a request of this task may not go.", refused.Message);
    }

    [Fact]
    public async Task Whether_a_secret_is_there_is_told_to_nobody_who_may_not_have_it()
    {
        using var broker = new HttpFetchBroker(Options, TimeProvider.System, new OneSecret("*", "payments"));
        foreach (string name in new[] { "KEY", "OTHER" })
        {
            FetchException refused = await Assert.ThrowsAsync<FetchException>(() => broker.FetchAsync(Request("http://127.0.0.1:9/", headers: ("X-Key", $"{{{{secret:{name}}}}}")), Cancel));
            Assert.Equal($"There is no secret '{name}' for task 'billing'.", refused.Message);
        }
    }

    [Fact]
    public async Task What_looks_like_a_reference_and_is_none_is_sent_as_it_is()
    {
        List<string> seen = [];
        await using HandlerServer server = Echo(seen);
        using var broker = new HttpFetchBroker(Options, TimeProvider.System, new OneSecret("*"));
        await broker.FetchAsync(Request(server.Url, "POST", "{{secret: KEY}} {{secret:}} {{KEY}}"), Cancel);
        Assert.EndsWith("{{secret: KEY}} {{secret:}} {{KEY}}", Assert.Single(seen), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_secrets_is_read_and_read_again_when_it_changes()
    {
        string path = Path.Combine(folder, "secrets.json");
        File.WriteAllText(Path.Combine(folder, "mounted"), "from a file of its own\n");
        File.WriteAllText(path, """{"A":{"value":"the first one","hosts":["a.example"],"tasks":["t"]},"B":{"valueFile":"mounted","hosts":["*.b.example","b.example"]}}""");
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var secrets = new SecretFile(path, time);
        Secret a = secrets.Find("A")!;
        Assert.Equal(("the first one", true, false, true, false), (a.Value, a.MayGoTo("a.example"), a.MayGoTo("b.a.example"), a.IsFor("t"), a.IsFor("u")));
        Assert.Equal("from a file of its own", secrets.Find("B")!.Value);
        Assert.Null(secrets.Find("C"));

        File.WriteAllText(path, """{"A":{"value":"the second one","hosts":["a.example"]}}""");
        File.SetLastWriteTimeUtc(path, new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal("the first one", secrets.Find("A")!.Value);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("the second one", secrets.Find("A")!.Value);
        Assert.Null(secrets.Find("B"));
    }

    [Theory]
    [InlineData("[]", "is no JSON object")]
    [InlineData("{\"A\":", "is no JSON at line 1")]
    [InlineData("""{"A":{"value":"long enough"}}""", "says no hosts for 'A'")]
    [InlineData("""{"A":{"value":"short","hosts":["*"]}}""", "less than 8 characters")]
    [InlineData("""{"A":{"hosts":["*"]}}""", "one of value and valueFile")]
    [InlineData("""{"A":{"value":"long enough","hosts":["http://x/"]}}""", "is not a host")]
    [InlineData("""{"A":{"value":"long enough","host":["*"]}}""", "known are")]
    [InlineData("""{"A B":{"value":"long enough","hosts":["*"]}}""", "is no name")]
    public void A_file_that_is_wrong_is_refused_without_showing_a_value(string json, string expected)
    {
        string path = Path.Combine(folder, "secrets.json");
        File.WriteAllText(path, json);
        RatchetException wrong = Assert.Throws<RatchetException>(() => new SecretFile(path, TimeProvider.System));
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("long enough", wrong.Message, StringComparison.Ordinal);
    }
}
