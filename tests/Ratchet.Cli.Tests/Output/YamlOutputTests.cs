using System.Text.Json;
using Ratchet.Cli.Output;
using YamlDotNet.Serialization;

namespace Ratchet.Cli.Tests.Output;

public sealed class YamlOutputTests
{
    [Theory]
    [InlineData("""{"a":1.50,"b":[true,null],"c":{},"d":[]}""", "a: 1.50\nb:\n- true\n- null\nc: {}\nd: []\n")]
    [InlineData("""{"a":"plain text","b":"true","c":"12","d":"","e":"x: y"}""", "a: plain text\nb: \"true\"\nc: \"12\"\nd: \"\"\ne: \"x: y\"\n")]
    [InlineData("""{"a":"one\ntwo\n"}""", "a: |\n  one\n  two\n")]
    public void Json_becomes_readable_yaml(string json, string expected)
    {
        StringWriter output = new() { NewLine = "\n" };
        YamlOutput.Write(output, JsonElement.Parse(json));
        Assert.Equal(expected, output.ToString());
    }

    [Theory]
    [InlineData("~")]
    [InlineData("- x")]
    [InlineData("No")]
    [InlineData("a #b")]
    [InlineData(" lead")]
    [InlineData("trail ")]
    [InlineData("tab\there\nnext")]
    [InlineData("  indented\nfirst line")]
    [InlineData("esc\u001b[0m")]
    [InlineData("größe 𝄞")]
    [InlineData("1e3")]
    [InlineData("a\n\n")]
    public void Every_text_survives(string text)
    {
        StringWriter output = new();
        YamlOutput.Write(output, JsonElement.Parse(JsonSerializer.Serialize(new[] { text })));
        Assert.Equal(text, new DeserializerBuilder().Build().Deserialize<List<object>>(output.ToString())[0]);
    }
}
