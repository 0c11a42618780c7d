namespace Ratchet.Execution.Packages;

/// <summary>
/// Finds schemas that come back to themselves without going into the value, such as <c>{"$ref":"#"}</c>: checking against one would never end (JSON Schema 2020-12
/// core, section 9.4.1). A schema that comes back for a property or an item, as that of a tree does, is fine: a value ends somewhere.
/// </summary>
internal static class SchemaCycles
{
    private enum Mark
    {
        New = 0,
        UnderWay,
        Done,
    }

    /// <returns>The reference that leads back, and where to; null when there is none.</returns>
    public static (SchemaNode At, string Keyword, SchemaNode To)? Find(SchemaDocument document)
    {
        var marks = new Dictionary<string, Mark>(StringComparer.Ordinal);
        // Only what can come to be applied counts: a definition that nobody refers to harms nobody.
        var entries = new Queue<SchemaNode>([document.Root]);
        while (entries.TryDequeue(out SchemaNode? entry))
        {
            if (FindFrom(entry, document, marks, entries) is { } found) return found;
        }

        return null;
    }

    /// <summary>Depth first along what is applied to the same value; without recursion, as chains may be as long as a file.</summary>
    private static (SchemaNode, string, SchemaNode)? FindFrom(SchemaNode entry, SchemaDocument document, Dictionary<string, Mark> marks, Queue<SchemaNode> entries)
    {
        if (marks.GetValueOrDefault(entry.Pointer) != Mark.New) return null;
        var way = new List<(SchemaNode Node, IEnumerator<SchemaEdge> Edges)>();
        Enter(entry);
        while (way.Count > 0)
        {
            (SchemaNode node, IEnumerator<SchemaEdge> edges) = way[^1];
            if (!edges.MoveNext())
            {
                marks[node.Pointer] = Mark.Done;
                way.RemoveAt(way.Count - 1);
            }
            else if (!edges.Current.InPlace)
            {
                entries.Enqueue(edges.Current.To);
            }
            else
            {
                switch (marks.GetValueOrDefault(edges.Current.To.Pointer))
                {
                    case Mark.New:
                        Enter(edges.Current.To);
                        break;
                    case Mark.UnderWay:
                        // On its way round it goes through at least one reference: subschemas alone only lead down.
                        (SchemaNode at, IEnumerator<SchemaEdge> last) = way.Last(w => w.Edges.Current.Reference is not null);
                        return (at, last.Current.Reference!, last.Current.To);
                }
            }
        }

        return null;

        void Enter(SchemaNode node)
        {
            marks[node.Pointer] = Mark.UnderWay;
            way.Add((node, document.Applied(node).GetEnumerator()));
        }
    }
}
