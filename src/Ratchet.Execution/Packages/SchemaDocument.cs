using System.Text.Json;

namespace Ratchet.Execution.Packages;

/// <summary>
/// The schemas of one document, and which of them apply which others. It knows the keywords of draft-04 to 2020-12 that have to do with that; what it cannot
/// resolve it leaves out, as that is for the validator to say.
/// </summary>
internal sealed class SchemaDocument
{
    private static readonly Uri Unnamed = new("https://schema.invalid/");
    private static readonly string[] SameValueLists = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] SameValue = ["not", "if"];
    private static readonly string[] Branches = ["then", "else"];
    private static readonly string[] SameValueByName = ["dependentSchemas", "dependencies"];
    private static readonly string[] Parts =
        ["items", "additionalItems", "unevaluatedItems", "contains", "additionalProperties", "unevaluatedProperties", "propertyNames"];
    private static readonly string[] PartLists = ["items", "prefixItems"];
    private static readonly string[] PartsByName = ["properties", "patternProperties"];
    private static readonly string[] Definitions = ["$defs", "definitions"];
    private static readonly string[] References = ["$ref", "$dynamicRef", "$recursiveRef"];

    private readonly Dictionary<string, SchemaNode> byPointer = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SchemaNode> byUri = new(StringComparer.Ordinal);
    private readonly bool referencesStandAlone;

    public SchemaDocument(JsonElement root)
    {
        Root = new SchemaNode([], root, Unnamed);
        string draft = Root.Text("$schema") ?? "";
        referencesStandAlone = draft.Contains("draft-04", StringComparison.Ordinal) || draft.Contains("draft-06", StringComparison.Ordinal) || draft.Contains("draft-07", StringComparison.Ordinal);
        Root = Register(Root);
        Index(Root);
    }

    public SchemaNode Root { get; }

    /// <summary>The schemas that are applied when this one is: its subschemas, and what it refers to.</summary>
    public IEnumerable<SchemaEdge> Applied(SchemaNode node)
    {
        if (node.Element.ValueKind != JsonValueKind.Object) yield break;
        foreach (string keyword in References)
        {
            if (node.Text(keyword) is { } reference && Resolve(node, reference) is { } target) yield return new SchemaEdge(target, InPlace: true, keyword);
        }

        if (StandsAlone(node)) yield break;
        foreach ((IReadOnlyList<string> path, bool inPlace) in Subschemas(node))
        {
            if (byPointer.TryGetValue(PointerOf(path), out SchemaNode? child)) yield return new SchemaEdge(child, inPlace, null);
        }
    }

    /// <summary>Up to draft-07 a <c>$ref</c> hides all that is beside it.</summary>
    private bool StandsAlone(SchemaNode node) => referencesStandAlone && node.Text("$ref") is not null;

    private void Index(SchemaNode node)
    {
        if (node.Element.ValueKind != JsonValueKind.Object) return;
        foreach ((IReadOnlyList<string> path, _) in Subschemas(node).Concat(Definitions.SelectMany(d => Members(node, d)).Select(p => (p, false))))
        {
            if (!byPointer.ContainsKey(PointerOf(path))) Index(Register(new SchemaNode(path, At(path)!.Value, node.Base)));
        }
    }

    private SchemaNode Register(SchemaNode node)
    {
        string? id = StandsAlone(node) ? null : node.Text("$id") ?? node.Text("id");
        if (id is { Length: > 0 } && id[0] != '#' && Uri.TryCreate(node.Base, id, out Uri? own)) node = node with { Base = own };
        byPointer[node.Pointer] = node;
        if (node.Path.Count == 0 || id is { Length: > 0 } && id[0] != '#') byUri[Key(node.Base, "")] = node;
        if (id is ['#', ..]) byUri[Key(node.Base, id[1..])] = node;
        foreach (string keyword in (string[])["$anchor", "$dynamicAnchor"])
        {
            if (node.Text(keyword) is { } anchor) byUri[Key(node.Base, anchor)] = node;
        }

        return node;
    }

    private IEnumerable<(IReadOnlyList<string> Path, bool InPlace)> Subschemas(SchemaNode node)
    {
        IEnumerable<string> same = node.Element.TryGetProperty("if", out _) ? SameValue.Concat(Branches) : SameValue;
        return Some(same.SelectMany(k => Member(node, k)), true)
            .Concat(Some(SameValueLists.SelectMany(k => Entries(node, k)), true))
            .Concat(Some(SameValueByName.SelectMany(k => Members(node, k)), true))
            .Concat(Some(Parts.SelectMany(k => Member(node, k)), false))
            .Concat(Some(PartLists.SelectMany(k => Entries(node, k)), false))
            .Concat(Some(PartsByName.SelectMany(k => Members(node, k)), false));

        static IEnumerable<(IReadOnlyList<string>, bool)> Some(IEnumerable<IReadOnlyList<string>> paths, bool inPlace) => paths.Select(p => (p, inPlace));
    }

    private static IEnumerable<IReadOnlyList<string>> Member(SchemaNode node, string keyword) =>
        node.Element.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? [[.. node.Path, keyword]] : [];

    private static IEnumerable<IReadOnlyList<string>> Entries(SchemaNode node, string keyword) =>
        node.Element.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? Enumerable.Range(0, value.GetArrayLength()).Select(i => (IReadOnlyList<string>)[.. node.Path, keyword, i.ToString(System.Globalization.CultureInfo.InvariantCulture)])
            : [];

    private static IEnumerable<IReadOnlyList<string>> Members(SchemaNode node, string keyword) =>
        node.Element.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object).Select(p => (IReadOnlyList<string>)[.. node.Path, keyword, p.Name])
            : [];

    private SchemaNode? Resolve(SchemaNode from, string reference)
    {
        string[] halves = reference.Split('#', 2);
        Uri? resource = from.Base;
        if (halves[0].Length > 0 && !Uri.TryCreate(from.Base, halves[0], out resource)) return null;
        string fragment = halves.Length == 2 ? Uri.UnescapeDataString(halves[1]) : "";
        if (fragment.Length > 0 && fragment[0] != '/') return byUri.GetValueOrDefault(Key(resource, fragment));
        if (!byUri.TryGetValue(Key(resource, ""), out SchemaNode? root) || fragment.Length == 0) return root;
        string[] path = [.. root.Path, .. fragment[1..].Split('/').Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        if (byPointer.TryGetValue(PointerOf(path), out SchemaNode? known)) return known;
        // Below a keyword that is not known here.
        return At(path) is { ValueKind: JsonValueKind.Object } element ? byPointer[PointerOf(path)] = new SchemaNode(path, element, root.Base) : null;
    }

    private JsonElement? At(IEnumerable<string> path)
    {
        JsonElement here = Root.Element;
        foreach (string step in path)
        {
            if (here.ValueKind == JsonValueKind.Object && here.TryGetProperty(step, out JsonElement member)) here = member;
            else if (here.ValueKind == JsonValueKind.Array && int.TryParse(step, out int index) && index >= 0 && index < here.GetArrayLength()) here = here[index];
            else return null;
        }

        return here;
    }

    private static string PointerOf(IReadOnlyList<string> path) => new SchemaNode(path, default, Unnamed).Pointer;

    private static string Key(Uri resource, string anchor) => $"{resource.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped)}#{anchor}";
}
