using System.Text.Json;
using Ratchet.Execution.Sandboxes;

namespace Ratchet.Execution.Tests.Sandboxes.Web;

/// <summary>URL and URLSearchParams in a task.</summary>
[Collection(PoolTests.Name)]
public sealed class UrlTests(PoolFixture fixture)
{
    [Fact]
    public async Task URLs_are_parsed_as_the_Web_Platform_Tests_say()
    {
        string? folder = TestData.Find("wpt", "WEB_PLATFORM_TESTS");
        Assert.SkipWhen(folder is null, "The Web Platform Tests' urltestdata.json is not here: set WEB_PLATFORM_TESTS to its folder.");
        RunOutcome outcome = await fixture.RunAsync("""
            const fields = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];
            const parse = ({ input, base }) => { try { return base === null ? new URL(input) : new URL(input, base); } catch (e) { return e instanceof TypeError ? null : e; } };
            function main(cases) {
              const wrong = [];
              let count = 0;
              for (const test of cases.filter(test => typeof test === 'object')) {
                count++;
                const url = parse(test), base = test.base ?? undefined;
                if (test.failure ? url !== null : !(url instanceof URL)) wrong.push([test.input, test.base, `${url}`]);
                if (URL.canParse(test.input, base) !== !test.failure || (URL.parse(test.input, base) === null) !== !!test.failure) wrong.push([test.input, test.base, 'canParse or parse']);
                if (test.failure || !(url instanceof URL)) continue;
                for (const field of fields) if (field in test && url[field] !== test[field]) wrong.push([test.input, test.base, field, url[field], test[field]]);
                if ('searchParams' in test && `${url.searchParams}` !== test.searchParams) wrong.push([test.input, test.base, 'searchParams', `${url.searchParams}`]);
              }
              return { count, wrong };
            }
            """, await File.ReadAllTextAsync(Path.Combine(folder!, "urltestdata.json")));
        using JsonDocument result = JsonDocument.Parse(outcome.Text());
        Assert.Equal("[]", result.RootElement.GetProperty("wrong").GetRawText());
        Assert.True(result.RootElement.GetProperty("count").GetInt32() > 800, $"Only {result.RootElement.GetProperty("count")} cases were found.");
    }

    [Theory]
    [InlineData("new URL('../b?x=1#f', 'HTTP://user:p@EXAMPLE.com:80/a/c').href", "\"http://user:p@example.com/b?x=1#f\"")]
    [InlineData("new URL('http://ex\\u00e4mple.com/\\u00e9').href", "\"http://xn--exmple-cua.com/%C3%A9\"")]
    [InlineData("new URL('http://XN--EXMPLE-CUA.com').host", "\"xn--exmple-cua.com\"")]
    [InlineData("new URL('http://0x7f.1/').hostname", "\"127.0.0.1\"")]
    [InlineData("URL.canParse('http://a b/')", "false")]
    [InlineData("(() => { const u = new URL('http://a/'); u.searchParams.append('q', 'a b&c'); u.port = '8080'; return u.href; })()", "\"http://a:8080/?q=a+b%26c\"")]
    [InlineData("[...new URLSearchParams({ b: 2, a: '\\ud83d\\ude00' })]", "[[\"b\",\"2\"],[\"a\",\"\ud83d\ude00\"]]")]
    [InlineData("JSON.stringify({ u: new URL('http://a') })", "\"{\\\"u\\\":\\\"http://a/\\\"}\"")]
    [InlineData("(() => { try { new URL('nonsense'); } catch (e) { return [e instanceof TypeError, e.message]; } })()", "[true,\"Invalid URL: nonsense\"]")]
    public async Task A_URL_is_what_the_standard_makes_of_it(string expression, string json)
    {
        Assert.Equal(json, (await fixture.RunAsync($"function main() {{ return {expression}; }}")).Text());
    }

    [Fact]
    public async Task An_error_within_a_library_names_the_tasks_lines_alone()
    {
        RunOutcome outcome = await fixture.RunAsync("function main() {\n  return helper();\n}\nfunction helper() {\n  return new URL('http://[');\n}");
        Assert.Equal(
            """
            TypeError: Invalid URL: http://[
                at helper (main.js:5:10)
                at main (main.js:2:10)
            """, outcome.Failure!.Stack, ignoreLineEndingDifferences: true);
    }
}
