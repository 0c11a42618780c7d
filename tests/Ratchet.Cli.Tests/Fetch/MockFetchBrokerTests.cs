using System.Text;
using Ratchet.Execution.Fetch;

namespace Ratchet.Cli.Tests.Fetch;

public sealed class MockFetchBrokerTests
{
    [Theory]
    [InlineData("https://api.openweathermap.org/data/2.5/weather?q=Berlin", "GET", true)]
    [InlineData("https://api.openweathermap.org/data/2.5/weather?q=Berlin", "POST", false)]
    [InlineData("https://api.openweathermap.org/data/3.0/weather", "GET", false)]
    public async Task A_part_of_the_url_and_the_method_match(string url, string method, bool matches)
    {
        MockFetchBroker broker = new([Mock("api.openweathermap.org/data/2.5/weather", "get", "ok")]);
        if (matches) Assert.Equal(("ok", url), await Ask(broker, url, method));
        else await Assert.ThrowsAsync<FetchException>(() => Ask(broker, url, method));
    }

    [Fact]
    public async Task The_exact_url_goes_before_a_part_of_it()
    {
        MockFetchBroker broker = new([Mock("example.org/users", null, "list"), Mock("https://example.org/users/7", null, "seven")]);
        Assert.Equal("seven", (await Ask(broker, "https://example.org/users/7")).Body);
        Assert.Equal("list", (await Ask(broker, "https://example.org/users/8", "DELETE")).Body);
    }

    [Fact]
    public async Task Equal_mocks_answer_in_turn_and_the_last_stays()
    {
        MockFetchBroker broker = new([Mock("example.org", "GET", "first"), Mock("example.org", "GET", "then"), Mock("example.org", "PUT", "put")]);
        Assert.Equal("first", (await Ask(broker, "https://example.org/")).Body);
        Assert.Equal("put", (await Ask(broker, "https://example.org/", "PUT")).Body);
        Assert.Equal("then", (await Ask(broker, "https://example.org/")).Body);
        Assert.Equal("then", (await Ask(broker, "https://example.org/")).Body);
    }

    [Fact]
    public async Task An_unmatched_call_is_a_network_error_that_names_the_url_and_the_mocks()
    {
        MockFetchBroker broker = new([Mock("a.example", "GET", ""), Mock("b.example", null, "")]);
        FetchException error = await Assert.ThrowsAsync<FetchException>(() => Ask(broker, "https://c.example/x"));
        Assert.Equal("NetworkError", error.ErrorName);
        Assert.Equal("No mock answers GET https://c.example/x; there are: GET a.example, any method b.example.", error.Message);
        error = await Assert.ThrowsAsync<FetchException>(() => Ask(new MockFetchBroker([]), "https://c.example/x"));
        Assert.Equal("The test has no mock.http, so GET https://c.example/x goes unanswered.", error.Message);
    }

    private static MockExchange Mock(string url, string? method, string body) => new(url, method, new FetchResponse(200, "OK", [], Encoding.UTF8.GetBytes(body)));

    private static async Task<(string Body, string? Url)> Ask(MockFetchBroker broker, string url, string method = "GET")
    {
        FetchResponse response = await broker.FetchAsync(new FetchRequest(url, method, [], null), TestContext.Current.CancellationToken);
        return (Encoding.UTF8.GetString(response.Body.Span), response.Url);
    }
}
