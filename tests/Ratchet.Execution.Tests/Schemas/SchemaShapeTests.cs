using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Ratchet.Sandbox.Schemas;

namespace Ratchet.Execution.Tests.Schemas;

/// <summary>Schemas whose matches are seen without the validator.</summary>
public sealed class SchemaShapeTests
{
    private static bool Matches(string schema, string json) => Assert.IsType<SchemaShape>(ShapeReader.TryRead(schema)).Matches(Encoding.UTF8.GetBytes(json));

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number"}},"required":["a"],"additionalProperties":false}""", """{"a":1.5}""", """{"a":1,"b":2}""")]
    [InlineData("""{"properties":{"a":{"type":"integer","minimum":1,"exclusiveMaximum":3}}}""", """{"a":2.0,"b":[{}]}""", """{"a":3}""")]
    [InlineData("""{"required":["a","b"]}""", """{"b":null,"a":1}""", """{"b":1,"b":2}""")]
    [InlineData("""{"type":["string","null"],"maxLength":2}""", "\"\U0001F600\\ud83d\\ude00\"", "\"abc\"")]
    [InlineData("""{"type":"array","items":{"enum":["on","off"]},"maxItems":2}""", """["on","\u006ff\u0066"]""", """["on","off","on"]""")]
    [InlineData("""{"additionalProperties":{"type":"boolean"}}""", """{"x":true}""", """{"x":1}""")]
    [InlineData("true", "[]", "[")]
    [InlineData("""{"type":"number"}""", "-0", "1e999")]
    [InlineData("""{"type":"string","minLength":1}""", "\"x\"", "\"\\ud800\"")]
    [InlineData("{}", " {} ", "{} {}")]
    public void A_plain_schema_accepts_what_matches_and_leaves_the_rest(string schema, string good, string other)
    {
        Assert.True(Matches(schema, good));
        Assert.False(Matches(schema, other));
    }

    /// <summary>Each of these means more than a shape can say, or is no schema.</summary>
    [Theory]
    [InlineData("""{"pattern":"^a"}""")]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"format":"email"}""")]
    [InlineData("""{"type":"nothing"}""")]
    [InlineData("""{"type":["string","string"]}""")]
    [InlineData("""{"required":["a","a"]}""")]
    [InlineData("""{"type":"string","type":"number"}""")]
    [InlineData("""{"properties":{"a":{"minLength":-1}}}""")]
    [InlineData("""{"properties":{"__proto__":{"type":"string"}}}""")]
    [InlineData("""{"items":[{"type":"string"}]}""")]
    [InlineData("""{"enum":[1]}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#","type":"integer"}""")]
    [InlineData("""{"properties":{"a":{"$schema":"https://json-schema.org/draft/2020-12/schema"}}}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void A_schema_that_says_more_is_left_to_the_validator(string schema) => Assert.Null(ShapeReader.TryRead(schema));

    [Fact]
    public void More_than_64_names_or_16_levels_are_left_to_the_validator()
    {
        static string Names(int count) => $$$"""{"properties":{{{{string.Join(',', Enumerable.Range(0, count).Select(n => $"\"p{n}\":true"))}}}}}""";
        static string Levels(int count) => count == 0 ? "true" : $$$"""{"items":{{{Levels(count - 1)}}}}""";
        Assert.NotNull(ShapeReader.TryRead(Names(64)));
        Assert.Null(ShapeReader.TryRead(Names(65)));
        Assert.NotNull(ShapeReader.TryRead(Levels(16)));
        Assert.Null(ShapeReader.TryRead(Levels(17)));
    }

    [Fact]
    public void A_long_text_is_left_to_the_validator()
    {
        Assert.True(Matches("{}", $"\"{new string('a', SchemaShape.MostBytes - 2)}\""));
        Assert.False(Matches("{}", $"\"{new string('a', SchemaShape.MostBytes - 1)}\""));
    }

    /// <summary>Random shapes and random values, nearly alike: what a shape accepts, the validator accepts; and neither what nor how often it accepts is nothing.</summary>
    [Fact]
    public void What_a_shape_accepts_the_validator_accepts()
    {
        using V8ScriptEngine engine = SuiteRunner.NewEngine();
        engine.Execute(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "schema.test.bundle.js")));
        var accepts = (ScriptObject)engine.Evaluate("(schema, text) => { const id = ratchetSchema.compile(schema); try { return ratchetSchema.validate(id, JSON.parse(text)) === null; } finally { ratchetSchema.release(id); } }");
        int accepted = 0, missed = 0;
        foreach (string schema in ShapeSamples.Schemas.Sample(250, 400))
        {
            SchemaShape shape = Assert.IsType<SchemaShape>(ShapeReader.TryRead(schema));
            foreach (string value in ShapeSamples.Values.Sample(30, 12))
            {
                bool valid = accepts.InvokeAsFunction(schema, value) is true, matches = shape.Matches(Encoding.UTF8.GetBytes(value));
                Assert.False(matches && !valid, $"{schema} accepts {value}");
                if (matches) accepted++;
                else if (valid) missed++;
            }
        }
        Assert.True(accepted > 300, $"Only {accepted} were accepted.");
        // Values with a name twice, and no others.
        Assert.True(missed < accepted / 4, $"{missed} matches were left to the validator, {accepted} not.");
    }
}
