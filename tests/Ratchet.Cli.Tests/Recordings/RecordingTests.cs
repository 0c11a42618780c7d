using System.Text;
using System.Text.Json;
using Ratchet.Cli.Tests.Support;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Cli.Tests.Recordings;

public sealed class RecordingTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 15, 17, 6, 123, TimeSpan.Zero);
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void What_was_written_is_read_back()
    {
        FetchRequest post = new("https://example.org/a?x=1%202", "POST", [KeyValuePair.Create("content-type", "application/json")], Encoding.UTF8.GetBytes("{\"ä\":1}").AsMemory());
        FetchRequest get = new("https://example.org/b", "GET", [], null);
        Recording written = Sample() with
        {
            Output = JsonElement.Parse("{\"ok\":true}"),
            Exchanges =
            [
                new RecordedExchange(post, Start)
                {
                    Duration = TimeSpan.FromMilliseconds(3),
                    Response = new FetchResponse(201, "Created", [KeyValuePair.Create("etag", "x")], new byte[] { 0xFF, 0x00 }) { Url = "https://example.org/c" },
                },
                new RecordedExchange(get, Start) { Error = new FetchException("NetworkError", "refused") },
            ],
        };
        string folder = RecordingWriter.Write(temp.Path, written);
        Assert.Equal(temp.Join("20261123T151706.123Z_double"), folder);
        Assert.Equal(["http.har", "input.json", "log.ndjson", "output.json", "recording.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        Recording read = RecordingReader.Read(folder);
        Assert.Equal((written.Task, written.Attempt, written.Timeout, written.StartedAt, written.FinishedAt), (read.Task, read.Attempt, read.Timeout, read.StartedAt, read.FinishedAt));
        Assert.Equal("""{"n":2}""", JsonSerializer.Serialize(read.Input));
        Assert.Equal("""{"ok":true}""", JsonSerializer.Serialize(read.Output));
        Assert.Equal((post.Url, post.Method, "{\"ä\":1}"), (read.Exchanges[0].Request.Url, read.Exchanges[0].Request.Method, Encoding.UTF8.GetString(read.Exchanges[0].Request.Body!.Value.Span)));
        FetchResponse response = read.Exchanges[0].Response!;
        Assert.Equal((201, "Created", "https://example.org/c"), (response.Status, response.StatusText, response.Url));
        Assert.Equal([0xFF, 0x00], response.Body.ToArray());
        Assert.Equal(("NetworkError", "refused"), (read.Exchanges[1].Error!.ErrorName, read.Exchanges[1].Error!.Message));
        Assert.Null(read.Exchanges[1].Request.Body);
    }

    [Fact]
    public void A_failure_is_written_instead_of_an_output()
    {
        Failure failure = new(FailureKind.InvalidInput, "InvalidInput", "does not match", "at main (main.js:1:1)", """[{"pointer":"/n"}]""");
        Recording read = RecordingReader.Read(RecordingWriter.Write(temp.Path, Sample() with { Failure = failure }));
        Assert.Null(read.Output);
        Assert.Equal(failure with { Details = null }, read.Failure! with { Details = null });
        Assert.Equal("/n", JsonElement.Parse(read.Failure!.Details!)[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public void The_log_is_a_line_a_call()
    {
        string folder = RecordingWriter.Write(temp.Path, Sample() with { Log = [new LogEntry("info", 12, "a\nb"), new LogEntry("error", 34, "c")] });
        Assert.Equal(["""{"level":"info","offsetUs":12,"message":"a\nb"}""", """{"level":"error","offsetUs":34,"message":"c"}"""], File.ReadAllLines(Path.Join(folder, "log.ndjson")));
    }

    [Theory]
    [InlineData("Authorization", true)]
    [InlineData("proxy-authorization", true)]
    [InlineData("Cookie", true)]
    [InlineData("Set-Cookie", true)]
    [InlineData("X-Api-Key", true)]
    [InlineData("X-Auth-Token", true)]
    [InlineData("Client-SECRET", true)]
    [InlineData("x-password", true)]
    [InlineData("Accept", false)]
    [InlineData("Content-Type", false)]
    public void Secret_headers_never_reach_the_disk(string header, bool secret)
    {
        const string Value = "value-of-the-header";
        FetchRequest request = new("https://example.org/", "GET", [KeyValuePair.Create(header, Value)], null);
        RecordedExchange exchange = new(request, Start) { Response = new FetchResponse(200, "OK", [KeyValuePair.Create(header, Value)], Array.Empty<byte>()) };
        string folder = RecordingWriter.Write(temp.Path, Sample() with { Exchanges = [exchange] });
        string har = File.ReadAllText(Path.Join(folder, "http.har"));
        Assert.Equal(secret, !har.Contains(Value, StringComparison.Ordinal));
        Assert.Equal(secret, har.Contains(SecretHeaders.Redacted, StringComparison.Ordinal));
    }

    [Fact]
    public void The_archive_has_what_the_format_demands()
    {
        FetchRequest request = new("https://example.org/?a=1&b=x%20y", "GET", [], null);
        string folder = RecordingWriter.Write(temp.Path, Sample() with { Exchanges = [new RecordedExchange(request, Start) { Response = new FetchResponse(200, "OK", [], "hi"u8.ToArray()) }] });
        JsonElement log = JsonElement.Parse(File.ReadAllBytes(Path.Join(folder, "http.har"))).GetProperty("log");
        Assert.Equal("1.2", log.GetProperty("version").GetString());
        Assert.Equal("ratchet", log.GetProperty("creator").GetProperty("name").GetString());
        JsonElement entry = log.GetProperty("entries")[0];
        Has(entry, "startedDateTime", "time", "request", "response", "cache", "timings");
        Has(entry.GetProperty("request"), "method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize");
        Has(entry.GetProperty("response"), "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize", "bodySize");
        Assert.Equal("x y", entry.GetProperty("request").GetProperty("queryString")[1].GetProperty("value").GetString());
        Assert.Equal("hi", entry.GetProperty("response").GetProperty("content").GetProperty("text").GetString());
    }

    [Fact]
    public void A_recording_appears_whole_or_not_at_all()
    {
        Recording damaged = Sample() with { Failure = new Failure(FailureKind.TaskError, "Error", "x", null, "not json") };
        Assert.ThrowsAny<Exception>(() => RecordingWriter.Write(temp.Path, damaged));
        Assert.Empty(Directory.GetFileSystemEntries(temp.Path));

        RecordingWriter.Write(temp.Path, Sample());
        Assert.Contains("cannot be written to", Assert.Throws<RatchetException>(() => RecordingWriter.Write(temp.Path, Sample())).Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(temp.Path));
    }

    [Theory]
    [InlineData("recording.json", null, "is no recording: it has no recording.json.")]
    [InlineData("recording.json", "{", "recording.json cannot be read")]
    [InlineData("recording.json", "{\"format\":99}", "has recording format 99; this version reads 1 to 2.")]
    [InlineData("recording.json", "{\"format\":1}", "is damaged")]
    [InlineData("input.json", null, "has no input.json.")]
    [InlineData("http.har", "{}", "is no HTTP Archive")]
    [InlineData("http.har", "{\"log\":{\"entries\":[{\"request\":{},\"response\":{}}]}}", "Entry 1 of the recording's http.har has no `url`.")]
    public void A_damaged_recording_says_what_is_wrong(string file, string? content, string expected)
    {
        string folder = RecordingWriter.Write(temp.Path, Sample());
        if (content is null) File.Delete(Path.Join(folder, file));
        else File.WriteAllText(Path.Join(folder, file), content);
        Assert.Contains(expected, Assert.Throws<RatchetException>(() => RecordingReader.Read(folder)).Message, StringComparison.Ordinal);
    }

    private static void Has(JsonElement element, params string[] keys)
    {
        foreach (string key in keys) Assert.True(element.TryGetProperty(key, out _), key);
    }

    private static Recording Sample() => new()
    {
        Task = new TaskReference("double", "1.0.0", "abc"),
        Execution = Guid.Parse("00000000-0000-7000-8000-00000000000e"),
        Attempt = 2,
        StartedAt = Start,
        FinishedAt = Start.AddMilliseconds(7),
        Timeout = TimeSpan.FromSeconds(30),
        Input = JsonElement.Parse("""{"n":2}"""),
    };
}
