using Ratchet.Cli.Tests.Support;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Tests.Packages;

/// <summary>Schemas that refer to themselves: with a way into the value they are trees, without one they never end.</summary>
public sealed class SchemaCycleTests : IDisposable
{
    private const string Legacy = "\"$schema\":\"http://json-schema.org/draft-07/schema#\"";
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("""{"$ref":"#"}""", "$ref at # leads back to # without")]
    [InlineData("""{"type":"object","$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""", "$ref at #/$defs/b leads back to #/$defs/a without")]
    [InlineData("""{"allOf":[true,{"$ref":"#"}]}""", "$ref at #/allOf/1 leads back to # without")]
    [InlineData("""{"anyOf":[{"type":"null"},{"oneOf":[{"not":{"$ref":"#"}}]}]}""", "$ref at #/anyOf/1/oneOf/0/not leads back to # without")]
    [InlineData("""{"if":{"type":"string"},"then":true,"else":{"$ref":"#"}}""", "$ref at #/else leads back to # without")]
    [InlineData("""{"if":{"$ref":"#"}}""", "$ref at #/if leads back to # without")]
    [InlineData("""{"dependentSchemas":{"a":{"$ref":"#"}}}""", "$ref at #/dependentSchemas/a leads back to # without")]
    [InlineData("""{"properties":{"next/1":{"$ref":"#/properties/next~11"}}}""", "$ref at #/properties/next~11 leads back to #/properties/next~11 without")]
    [InlineData("""{"items":{"$ref":"#/$defs/x/allOf/0"},"$defs":{"x":{"allOf":[{"$ref":"#/$defs/x"}]}}}""", "$ref at #/$defs/x/allOf/0 leads back to #/$defs/x without")]
    [InlineData("""{"$id":"https://example.com/a","$ref":"a"}""", "$ref at # leads back to # without")]
    [InlineData("""{"$ref":"#here","$defs":{"h":{"$anchor":"here","$ref":"/b"},"b":{"$id":"https://schema.invalid/b","$ref":"https://schema.invalid/#here"}}}""", "leads back to #/$defs/h without")]
    [InlineData("""{"$dynamicAnchor":"node","allOf":[{"$dynamicRef":"#node"}]}""", "$dynamicRef at #/allOf/0 leads back to # without")]
    [InlineData("{" + Legacy + ""","definitions":{"a":{"$id":"#a","$ref":"#/definitions/a"}},"not":{"$ref":"#/definitions/a"}}""", "$ref at #/definitions/a leads back to #/definitions/a without")]
    public void A_schema_that_never_ends_is_refused_with_its_place(string schema, string message)
    {
        foreach (string file in new[] { TaskFileNames.InputSchema, TaskFileNames.OutputSchema })
        {
            TaskReading reading = Read(new TaskFixture().With(file, schema));
            TaskProblem problem = Assert.Single(reading.Problems);
            Assert.Null(reading.Package);
            Assert.Equal(file, problem.File);
            Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"value":{"type":"number"},"children":{"type":"array","items":{"$ref":"#"}}}}""")]
    [InlineData("""{"anyOf":[{"type":"null"},{"type":"object","properties":{"next":{"$ref":"#"}}}]}""")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"additionalProperties":{"$ref":"#/$defs/b"}},"b":{"prefixItems":[{"$ref":"#/$defs/a"}],"contains":{"$ref":"#"}}}}""")]
    [InlineData("""{"$dynamicAnchor":"node","properties":{"children":{"items":{"$dynamicRef":"#node"}}}}""")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}],"$defs":{"a":{"type":"object"}}}""")]
    [InlineData("""{"$defs":{"unused":{"$ref":"#/$defs/unused"}},"type":"object"}""")]
    [InlineData("""{"then":{"$ref":"#"},"type":"object"}""")]
    [InlineData("""{"const":{"$ref":"#"},"enum":[{"$ref":"#"}],"default":{"$ref":"#"}}""")]
    [InlineData("""{"properties":{"$ref":{"type":"string"},"$id":{"type":"string"}}}""")]
    [InlineData("""{"$ref":"https://json-schema.org/draft/2020-12/schema"}""")]
    [InlineData("{" + Legacy + ""","$ref":"#/definitions/a","allOf":[{"$ref":"#"}],"definitions":{"a":{"type":"object"}}}""")]
    [InlineData("true")]
    public void A_schema_that_ends_with_its_value_is_taken(string schema) => Assert.Empty(Read(new TaskFixture().With(TaskFileNames.InputSchema, schema)).Problems);

    [Fact]
    public void A_chain_of_any_length_is_looked_through()
    {
        string links = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""  "d{{i}}":{"$ref":"#/$defs/d{{i + 1}}"} """));
        Assert.Empty(Read(new TaskFixture().With(TaskFileNames.InputSchema, $$$"""{"$ref":"#/$defs/d0","$defs":{{{{links}}},"d20000":{} }}""")).Problems);
        Assert.Single(Read(new TaskFixture().With(TaskFileNames.InputSchema, $$$"""{"$ref":"#/$defs/d0","$defs":{{{{links}}},"d20000":{"$ref":"#"} }}""")).Problems);
    }

    private int number;

    private TaskReading Read(TaskFixture task) => TaskPackageReader.Read(task.WriteTo(temp.Join($"task-{number++}")));
}
