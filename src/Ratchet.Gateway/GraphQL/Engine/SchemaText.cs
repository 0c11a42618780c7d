using System.Text;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>The schema's text: the .graphql files beside the resolvers, as they are built into this assembly.</summary>
internal static class SchemaText
{
    private const string Suffix = ".graphql";

    /// <summary>All of them, in the order of their names.</summary>
    public static string All { get; } = Read() + Schema.ListInputs.Sdl;

    /// <summary>What a gateway of Apollo Federation v2 is told: the same with the specification's directives imported instead of declared, and without <c>_entities</c>.</summary>
    public static string Subgraph { get; } = "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\", import: [\"@key\", \"@shareable\"])\n\n" + Read(except: "Federation") + Schema.ListInputs.Sdl;

    private static string Read(string? except = null)
    {
        var text = new StringBuilder();
        foreach (string name in typeof(SchemaText).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(Suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (except is not null && name.Contains(except, StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(typeof(SchemaText).Assembly.GetManifestResourceStream(name)!);
            text.Append(reader.ReadToEnd()).Append('\n');
        }

        return text.ToString();
    }
}
