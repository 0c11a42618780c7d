using System.Text;
using Ratchet.Caching;
using Ratchet.Execution.Caching;
using Ratchet.Queues;

namespace Ratchet.Execution.Tests.Caching;

public sealed class CacheKeyTests
{
    private static readonly CachePolicy Whole = new(TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData("""{"a":1,"b":[true,null,"x"]}""", """ { "b" : [ true, null, "\u0078" ] , "a" : 1.0 } """)]
    [InlineData("1000", "1e3")]
    [InlineData("0", "-0.0")]
    [InlineData("0.1", "1.0e-1")]
    // The same double, which is all that a script sees.
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1e999", "2e999")]
    [InlineData("\"é🦀/\"", "\"\\u00e9\\ud83e\\udd80\\/\"")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"":{"B":1,"a":2}}""", """{"":{"a":2,"B":1}}""")]
    public void Equal_values_have_one_key(string one, string other) => Assert.Equal(Key(one), Key(other));

    [Theory]
    [InlineData("1", "\"1\"")]
    [InlineData("null", "{}")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("""{"a":1}""", """{"A":1}""")]
    // Not normalised: one is a letter, the other two.
    [InlineData("\"\\u00e9\"", "\"e\\u0301\"")]
    [InlineData("0.1", "0.10000000000000002")]
    [InlineData("1e999", "-1e999")]
    [InlineData("[[],[]]", "[[[]]]")]
    [InlineData("""{"a":"x\",\"b\":\"y"}""", """{"a":"x","b":"y"}""")]
    public void Other_values_have_other_keys(string one, string other) => Assert.NotEqual(Key(one), Key(other));

    [Fact]
    public void A_key_is_that_of_a_version_and_as_long_as_a_lane_expects()
    {
        Assert.Equal(LaneKey.CacheChars, Key("{}")!.Length);
        Assert.NotEqual(Key("{}"), CacheKey.Of("other", Whole, "{}"u8.ToArray()));
        var lane = new LaneKey("t", Rate: "r", Cache: Key("{}"));
        Assert.Equal(lane, LaneKey.Parse(lane.Text));
        Assert.Equal(LaneKey.CacheSeparators, lane.Text.Count(c => c == '\n'));
        Assert.Null(LaneKey.CacheOf("t", "t"));
        Assert.Null(LaneKey.CacheOf(new LaneKey("t", Rate: "r").Text, "t"));
    }

    [Fact]
    public void What_is_no_text_cannot_be_compared() => Assert.Null(Key("\"\\ud800\""));

    [Fact]
    public void Pointers_pick_what_counts()
    {
        string[] key = ["/user/id", "/list/1", "/a~1b~0"];
        string? of = Key("""{"user":{"id":7,"at":1},"list":[1,2,3],"a/b~":1}""", key);
        Assert.Equal(of, Key("""{"user":{"id":7.0,"at":2},"list":[9,2],"a/b~":1,"more":true}""", key));
        Assert.NotEqual(of, Key("""{"user":{"id":8,"at":1},"list":[1,2,3],"a/b~":1}""", key));
        // Not there, and null, are two things; so are a part and its neighbour.
        Assert.NotEqual(Key("{}", "/a"), Key("""{"a":null}""", "/a"));
        Assert.NotEqual(Key("""{"a":1}""", "/a", "/b"), Key("""{"b":1}""", "/a", "/b"));
        Assert.Equal(Key("""{"list":[1]}""", "/list/01"), Key("""{"list":[2]}""", "/list/01"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("/", true)]
    [InlineData("/a~0b~1c/0", true)]
    [InlineData("a", false)]
    [InlineData("/a~", false)]
    [InlineData("/a~2", false)]
    public void A_pointer_is_as_RFC_6901_has_it(string text, bool isOne) => Assert.Equal(isOne, CacheKey.IsPointer(text));

    private static string? Key(string input, params string[] pointers) => CacheKey.Of("digest", Whole with { Key = pointers }, Encoding.UTF8.GetBytes(input));
}
