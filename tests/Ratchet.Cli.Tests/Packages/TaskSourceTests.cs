using Ratchet.Cli.Tests.Support;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Packages.Sources;

namespace Ratchet.Cli.Tests.Packages;

/// <summary>Sources that are looked at again and again.</summary>
public sealed class TaskSourceTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly Clock clock = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_working_tree_is_looked_through_but_not_what_is_no_ones_task()
    {
        new TaskFixture().WriteTo(temp.Join("one"));
        Named("two").WriteTo(temp.Join("services", "billing", "two"));
        Named("deep").WriteTo(temp.Join("a", "b", "c", "deep"));
        Named("hidden").WriteTo(temp.Join(".git", "hidden"));
        Named("lib").WriteTo(temp.Join("services", "node_modules", "lib"));
        Named("inner").WriteTo(temp.Join("one", "tests", "inner"));
        // Of something else.
        Directory.CreateDirectory(temp.Join("services", "docs"));
        File.WriteAllText(temp.Join("services", "docs", "metadata.json"), "{}");
        File.WriteAllText(temp.Join("services", "assets.zip"), "no zip");
        // Round in a circle.
        Directory.CreateSymbolicLink(temp.Join("services", "loop"), temp.Path);

        Assert.Equal(["deep", "one", "two"], (await ReadAsync(new FolderTaskSource(temp.Path, 5, clock)))!.Select(r => r.Package!.Name).Order());
        Assert.Equal(["one", "two"], (await ReadAsync(new FolderTaskSource(temp.Path, 3, clock)))!.Select(r => r.Package!.Name).Order());
        Assert.Equal(["one"], (await ReadAsync(new FolderTaskSource(temp.Path, 1, clock)))!.Select(r => r.Package!.Name));
    }

    [Fact]
    public async Task A_folder_answers_only_when_something_in_it_is_another_one()
    {
        new TaskFixture().WriteTo(temp.Join("one"));
        FolderTaskSource source = new(temp.Path, 5, clock);
        string digest = Assert.Single((await ReadAsync(source))!).Package!.Digest;
        Assert.Null(await ReadAsync(source));
        File.SetLastWriteTimeUtc(temp.Join("one", "main.js"), clock.GetUtcNow().UtcDateTime.AddMinutes(-1));
        Assert.Null(await ReadAsync(source));
        File.WriteAllText(temp.Join("one", "main.js"), "x => 1");
        Assert.NotEqual(digest, Assert.Single((await ReadAsync(source))!).Package!.Digest);
        // As long, and written within the same second: the clock of a file system is no proof.
        DateTime at = File.GetLastWriteTimeUtc(temp.Join("one", "main.js"));
        File.WriteAllText(temp.Join("one", "main.js"), "x => 2");
        File.SetLastWriteTimeUtc(temp.Join("one", "main.js"), at);
        clock.Now = at;
        Assert.NotNull(await ReadAsync(source));
        // A broken one is told, and again what became of it.
        File.WriteAllText(temp.Join("one", "metadata.json"), "{");
        Assert.NotEmpty(Assert.Single((await ReadAsync(source))!).Problems);
        Named("two").WriteTo(temp.Join("two"));
        Assert.Equal(2, (await ReadAsync(source))!.Count);
        Directory.Delete(temp.Join("one"), recursive: true);
        Assert.Equal("two", Assert.Single((await ReadAsync(source))!).Package!.Name);
    }

    [Fact]
    public async Task What_has_not_changed_for_a_while_is_not_read_again()
    {
        new TaskFixture().WriteTo(temp.Join("one"));
        clock.Now = clock.Now.AddHours(1);
        FolderTaskSource source = new(temp.Path, 5, clock);
        await ReadAsync(source);
        string main = temp.Join("one", "main.js");
        DateTime at = File.GetLastWriteTimeUtc(main);
        string text = File.ReadAllText(main);
        File.WriteAllText(main, new string(' ', text.Length));
        File.SetLastWriteTimeUtc(main, at);
        Assert.Null(await ReadAsync(source));
    }

    [Theory]
    [InlineData("one/main.js", true)]
    [InlineData("a/b/one/tests/x.json", true)]
    [InlineData(".git/index.lock", false)]
    [InlineData("a/node_modules/b/main.js", false)]
    [InlineData(null, true)]
    public void Changes_of_ignored_folders_are_nothing(string? file, bool concerns) => Assert.Equal(concerns, FolderTaskSource.Concerns(file));

    [Fact]
    public async Task An_address_is_asked_with_the_tag_of_what_is_known()
    {
        Broker broker = new();
        HttpTaskSource source = new(HttpTaskSource.Parse("https://tasks.example.com/x/double.zip?signature=abc"), broker);
        broker.Answer = _ => Zip(new TaskFixture(), ("etag", "\"1\""), ("last-modified", "Sun, 29 Nov 2026 07:00:00 GMT"));
        TaskReading reading = Assert.Single((await ReadAsync(source))!);
        Assert.Equal(("double", "https://tasks.example.com/x/double.zip"), (reading.Package!.Name, reading.Package.Source));
        broker.Answer = request => Assert.Single(request.Headers, h => h.Key == "if-none-match").Value == "\"1\"" ? new FetchResponse(304, "Not Modified", [], default) : throw new InvalidOperationException();
        Assert.Null(await ReadAsync(source));
        // A server that knows no tags sends it all, and the same is the same.
        broker.Answer = _ => Zip(new TaskFixture());
        Assert.Null(await ReadAsync(source));
        broker.Answer = request => request.Headers.Any(h => h.Key.StartsWith("if-", StringComparison.Ordinal)) ? throw new InvalidOperationException() : Zip(new TaskFixture().With("main.js", "x => 1"), ("last-modified", "then"));
        Assert.NotNull(await ReadAsync(source));
        broker.Answer = request => new FetchResponse(Assert.Single(request.Headers, h => h.Key == "if-modified-since").Value == "then" ? 304 : 500, "", [], default);
        Assert.Null(await ReadAsync(source));
    }

    [Fact]
    public async Task An_address_that_fails_says_so_without_what_is_secret_in_it()
    {
        Broker broker = new();
        HttpTaskSource source = new(HttpTaskSource.Parse("https://tasks.example.com/double.zip?signature=abc"), broker);
        broker.Answer = _ => new FetchResponse(503, "Service Unavailable", [], default);
        Assert.Equal("https://tasks.example.com/double.zip answered 503 Service Unavailable.", (await Assert.ThrowsAsync<TaskSourceException>(() => ReadAsync(source))).Message);
        broker.Answer = request => throw new FetchException(FetchException.Timeout, $"GET {request.Url} was not answered within 30 s.");
        string message = (await Assert.ThrowsAsync<TaskSourceException>(() => ReadAsync(source))).Message;
        Assert.Equal("https://tasks.example.com/double.zip cannot be read: GET https://tasks.example.com/double.zip?... was not answered within 30 s.", message);
        // What is there and no zip is a broken task, not a broken source.
        broker.Answer = _ => new FetchResponse(200, "OK", [], "<html>"u8.ToArray());
        Assert.Contains("is not a readable zip", Assert.Single(Assert.Single((await ReadAsync(source))!).Problems).Message, StringComparison.Ordinal);
        Assert.Contains("user name or a password", Assert.Throws<RatchetException>(() => HttpTaskSource.Parse("https://me:secret@example.com/a.zip")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_within_a_network_that_is_not_public_needs_the_operators_word()
    {
        await using HttpStandIn http = await HttpStandIn.StartAsync();
        using HttpFetchBroker closed = new(new FetchOptions { Retries = 0 }, TimeProvider.System);
        HttpTaskSource source = new(HttpTaskSource.Parse(http.Url + "/count"), closed);
        Assert.Contains("not public", (await Assert.ThrowsAsync<TaskSourceException>(() => ReadAsync(source))).Message, StringComparison.Ordinal);
        Assert.Equal(0, http.Count);
        using HttpFetchBroker open = new(new FetchOptions { Retries = 0, PrivateNetworks = ["127.0.0.1"] }, TimeProvider.System);
        Assert.NotNull(await ReadAsync(new HttpTaskSource(HttpTaskSource.Parse(http.Url + "/count"), open)));
        Assert.Equal(1, http.Count);
    }

    private static Task<IReadOnlyList<TaskReading>?> ReadAsync(ITaskSource source) => source.ReadAsync(CancellationToken.None);

    private static TaskFixture Named(string name) => new TaskFixture().With("metadata.json", $$"""{"uuid":"{{Guid.CreateVersion7()}}","version":"1.0.0","label":"L","description":"D","name":"{{name}}"}""");

    private FetchResponse Zip(TaskFixture task, params (string Name, string Value)[] headers) => new(
        200, "OK", [.. headers.Select(h => new KeyValuePair<string, string>(h.Name, h.Value))], TaskZip.Of(task.WriteTo(temp.Join($"{Guid.CreateVersion7()}")), out _));

    private sealed class Broker : IFetchBroker
    {
        public Func<FetchRequest, FetchResponse> Answer { get; set; } = _ => throw new InvalidOperationException();

        public Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
        {
            try
            {
                return Task.FromResult(Answer(request));
            }
            catch (FetchException e)
            {
                return Task.FromException<FetchResponse>(e);
            }
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
