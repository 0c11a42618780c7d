using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Tests.Output;

public sealed class JsonDiffTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("""{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1}""")]
    public void Equal_values_have_no_lines(string expected, string actual) => Assert.Empty(Lines(expected, actual));

    [Theory]
    [InlineData("1", "2", "(the whole value): expected 1, got 2")]
    [InlineData("""{"a":1}""", """{"a":"1"}""", "/a: expected 1, got \"1\"")]
    [InlineData("""{"a":1}""", "{}", "/a: expected 1, but it is missing")]
    [InlineData("{}", """{"a":"é"}""", "/a: not expected, got \"é\"")]
    [InlineData("[1,2]", "[1,3]", "/1: expected 2, got 3")]
    [InlineData("[1,2]", "[1]", "/1: expected 2, but it is missing")]
    [InlineData("[]", "[null]", "/0: not expected, got null")]
    [InlineData("""{"a/b":{"~":1}}""", """{"a/b":{"~":2}}""", "/a~1b/~0: expected 1, got 2")]
    [InlineData("""{"a":{}}""", """{"a":[]}""", "/a: expected {}, got []")]
    public void A_difference_is_a_line_with_its_pointer(string expected, string actual, string line) => Assert.Equal(line, Assert.Single(Lines(expected, actual)));

    [Fact]
    public void Lines_are_bounded()
    {
        IReadOnlyList<string> lines = Lines("[]", "[" + string.Join(',', Enumerable.Range(0, 70)) + "]");
        Assert.Equal(JsonDiff.MaxLines + 1, lines.Count);
        Assert.Equal("... and 20 more", lines[^1]);
    }

    private static IReadOnlyList<string> Lines(string expected, string actual) => JsonDiff.Lines(JsonElement.Parse(expected), JsonElement.Parse(actual));
}
