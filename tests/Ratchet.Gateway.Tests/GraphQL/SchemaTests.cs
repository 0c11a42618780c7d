using GraphQL;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema;
using Ratchet.Tests.Support;

namespace Ratchet.Gateway.Tests.GraphQL;

public sealed class SchemaTests
{
    /// <summary>What clients generate code from: a change of it is seen in review. <c>RATCHET_UPDATE_DOCS=1</c> writes it anew.</summary>
    [Fact]
    public async Task The_schema_is_the_one_in_the_repository()
    {
        string path = Path.Combine(Repository.Root, "src", "Ratchet.Gateway", "GraphQL", "schema.graphql");
        string printed = new SchemaOfGateway(null!, new()).Types.Print().ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("RATCHET_UPDATE_DOCS") == "1") await File.WriteAllTextAsync(path, printed);
        Assert.Equal(await File.ReadAllTextAsync(path), printed);
    }

    [Fact]
    public void Federation_imports_its_directives_and_keeps_keys()
    {
        Assert.StartsWith("extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\"", SchemaText.Subgraph, StringComparison.Ordinal);
        Assert.Contains("type Job implements Node @key(fields: \"id\")", SchemaText.Subgraph, StringComparison.Ordinal);
        Assert.DoesNotContain("_entities", SchemaText.Subgraph, StringComparison.Ordinal);
    }
}
