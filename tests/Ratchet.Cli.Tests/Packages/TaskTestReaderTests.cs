using System.Text;
using Ratchet.Cli.Tests.Support;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Tests.Packages;

public sealed class TaskTestReaderTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void Tests_are_read_in_the_order_of_their_names()
    {
        TaskReading reading = Read(new TaskFixture()
            .With("tests/b.json", """{"input":{"n":1},"expected_error":{"name":"DataError","message":"part"},"attempt":2}""")
            .With("tests/a.json", """{"name":"ignored","description":"ignored","input":{"n":1},"expected_output":null}""")
            .With("tests/notes.md", "not a test")
            .With("tests/deeper/c.json", "not read"));

        Assert.Empty(reading.Problems);
        Assert.Equal(["a", "b"], reading.Tests.Select(t => t.Name));
        Assert.NotNull(reading.Tests[0].ExpectedOutput);
        Assert.Equal((new ExpectedError("DataError", "part"), 2), (reading.Tests[1].ExpectedError, reading.Tests[1].Attempt));
    }

    [Theory]
    [InlineData("{\"input\":{}", "tests/t.json:1:12: is not valid JSON")]
    [InlineData("[]", "tests/t.json:1:1: must be a JSON object.")]
    [InlineData("{\"expected_output\":1}", "tests/t.json:1:1: `input` is missing.")]
    [InlineData("{\"input\":1}", "tests/t.json:1:1: must have one of `expected_output` and `expected_error`.")]
    [InlineData("{\"input\":1,\"expected_output\":1,\"expected_error\":{\"name\":\"A\"}}", "must have one of `expected_output` and `expected_error`.")]
    [InlineData("{\"input\":1,\"expected_output\":1,\"mocks\":{}}", "tests/t.json:1:32: `mocks` is not a known key; did you mean `mock`?")]
    [InlineData("{\"input\":1,\"expected_error\":{}}", "`expected_error.name` is missing.")]
    [InlineData("{\"input\":1,\"expected_output\":1,\"attempt\":0}", "`attempt` must be a whole number from 1 to 100, not 0.")]
    [InlineData("{\"input\":1,\"expected_output\":1,\"mock\":{\"http\":5}}", "`mock.http` must be an object or a list of objects, not 5.")]
    [InlineData("{\"input\":1,\"expected_output\":1,\"mock\":{\"http\":{\"response\":{}}}}", "`mock.http.url` is missing.")]
    [InlineData("{\"input\":1,\"expected_output\":1,\"mock\":{\"http\":[{\"url\":\"a\"}]}}", "`mock.http.0.response` is missing.")]
    [InlineData("{\"input\":1,\"expected_output\":1,\"mock\":{\"http\":[{\"url\":\"a\",\n\"response\":{\"status\":99}}]}}", "tests/t.json:2:13: `mock.http.0.response.status` must be a whole number from 100 to 599, not 99.")]
    [InlineData("{\"input\":1,\"expected_output\":1,\"mock\":{\"http\":{\"url\":\"a\",\"response\":{\"ok\":true,\"status\":404}}}}", "`mock.http.response.ok` says otherwise than the status 404")]
    [InlineData("{\"input\":1,\"expected_output\":1,\"mock\":{\"http\":{\"url\":\"a\",\"response\":{\"headers\":{\"a\":1}}}}}", "`mock.http.response.headers` must be an object of texts")]
    public void A_broken_test_is_named_and_leaves_the_task_be(string test, string expected)
    {
        TaskReading reading = Read(new TaskFixture().With("tests/t.json", test));
        Assert.Contains(expected, Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
        Assert.NotNull(reading.Package);
        Assert.Empty(reading.Tests);
    }

    [Fact]
    public void Bodies_of_mocks_are_json_unless_they_are_texts()
    {
        IReadOnlyList<MockExchange> mocks = Read(new TaskFixture().With("tests/t.json", """
            {"input":1,"expected_output":1,"mock":{"http":[
              {"url":"a","method":"post","response":{"body":{"x":[1]}}},
              {"url":"b","response":{"ok":false,"body":"plain"}},
              {"url":"c","response":{"status":204,"statusText":"No Content"}},
              {"url":"d","response":{"headers":{"Content-Type":"application/ld+json"},"body":[1]}}]}}
            """)).Tests[0].Mocks;

        Assert.Equal(("POST", 200, "{\"x\":[1]}", "application/json"), Parts(mocks[0]));
        Assert.Equal((null, 500, "plain", "text/plain; charset=utf-8"), Parts(mocks[1]));
        Assert.Equal((null, 204, "", ""), Parts(mocks[2]));
        Assert.Equal("No Content", mocks[2].Response.StatusText);
        Assert.Equal((null, 200, "[1]", "application/ld+json"), Parts(mocks[3]));
    }

    [Fact]
    public void Too_many_tests_are_refused()
    {
        TaskFixture task = new();
        for (int i = 0; i <= Limits.TaskTests; i++) task.With($"tests/{i}.json", """{"input":1,"expected_output":1}""");
        Assert.Equal($"tests: holds more than {Limits.TaskTests} tests.", Assert.Single(Read(task).Problems).ToString());
    }

    private static (string?, int, string, string) Parts(MockExchange mock) =>
        (mock.Method, mock.Response.Status, Encoding.UTF8.GetString(mock.Response.Body.Span), string.Join(',', mock.Response.Headers.Select(h => h.Value)));

    private TaskReading Read(TaskFixture task) => TaskPackageReader.Read(task.WriteTo(temp.Join("double")));
}
