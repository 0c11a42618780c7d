using System.Text;
using System.Text.Json.Nodes;

namespace Ratchet.Cluster.Tests.Fuzz;

/// <summary>Makes documents of GraphQL out of what the server says of its own schema: first one that it allows, more or less, then what is wrong with it.</summary>
internal sealed class GraphMaker(Random random, JsonObject schema)
{
    /// <summary>Asks a server for what this needs.</summary>
    public const string Introspection =
        "{ __schema { queryType { name } mutationType { name } subscriptionType { name } types { kind name enumValues { name } inputFields { name type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } "
        + "fields { name args { name type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }";

    private static readonly string[] Values =
        ["null", "1", "-1", "9223372036854775808", "1e400", "\"\"", "\"addition\"", "\"0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a\"", "\"\\u0000\"", "\"\\ud800\"", "true", "[]", "[[1]]", "{}", "{x: {x: {x: 1}}}", "$v", "NONE", "\"\"\"block\"\"\""];

    private readonly Dictionary<string, JsonObject> types = schema["data"]!["__schema"]!["types"]!.AsArray().ToDictionary(type => type!["name"]!.GetValue<string>(), type => type!.AsObject());

    /// <summary>A body for POST /graphql.</summary>
    public byte[] Next()
    {
        string kind = random.Next(4) switch { 0 => "mutation", 1 when random.Next(3) == 0 => "subscription", _ => "query" };
        string root = schema["data"]!["__schema"]![$"{kind}Type"]!["name"]!.GetValue<string>();
        string document = $"{kind} Q{(random.Next(4) == 0 ? "($v: Int)" : "")} {Selection(types[root], 0)}";
        for (int changes = random.Next(3); changes > 0; changes--) document = Changed(document);
        var body = new JsonObject { ["query"] = document };
        if (random.Next(4) == 0) body["variables"] = random.Next(3) switch { 0 => null, 1 => new JsonObject { ["v"] = 1 }, _ => "v" };
        if (random.Next(8) == 0) body["operationName"] = random.Next(2) == 0 ? "Q" : "P";
        if (random.Next(8) == 0) body["extensions"] = new JsonObject { ["persistedQuery"] = new JsonObject { ["version"] = random.Next(3), ["sha256Hash"] = "x" } };
        string text = random.Next(10) == 0 ? $"[{body.ToJsonString()},{body.ToJsonString()}]" : body.ToJsonString();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(12) == 0) return bytes[..random.Next(bytes.Length)];
        if (random.Next(12) == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private string Selection(JsonObject type, int depth)
    {
        JsonObject[] fields = [.. (type["fields"] as JsonArray ?? []).Select(field => field!.AsObject()).Where(field => depth < 4 || types[Named(field["type"]!)]["fields"] is null)];
        if (fields.Length == 0) return "{ __typename }";
        var text = new StringBuilder("{ __typename");
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            JsonObject field = fields[random.Next(fields.Length)];
            text.Append(' ');
            if (random.Next(3) == 0) text.Append((char)('a' + random.Next(26))).Append(": ");
            text.Append(field["name"]).Append(Arguments(field["args"]!.AsArray()));
            JsonObject named = types[Named(field["type"]!)];
            if (named["kind"]!.GetValue<string>() is "OBJECT" or "INTERFACE" or "UNION") text.Append(' ').Append(Selection(named, depth + 1));
        }

        return text.Append(" }").ToString();
    }

    private string Arguments(JsonArray known)
    {
        string[] given = [.. known.Where(arg => IsNeeded(arg!["type"]!) || arg["name"]!.GetValue<string>() == "wait" || random.Next(3) == 0).Select(arg => $"{arg!["name"]}: {Value(arg["type"]!, 0)}")];
        return given.Length == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private string Value(JsonNode type, int depth)
    {
        if (random.Next(8) == 0) return Values[random.Next(Values.Length)];
        string kind = type["kind"]!.GetValue<string>();
        if (kind == "NON_NULL") return Value(type["ofType"]!, depth);
        if (kind == "LIST") return $"[{string.Join(", ", Enumerable.Range(0, random.Next(3)).Select(_ => Value(type["ofType"]!, depth)))}]";
        JsonObject named = types[Named(type)];
        if (named["enumValues"] is JsonArray { Count: > 0 } words) return words[random.Next(words.Count)]!["name"]!.GetValue<string>();
        if (named["inputFields"] is JsonArray fields)
            return $"{{{string.Join(", ", fields.Where(field => IsNeeded(field!["type"]!) || (depth < 3 && random.Next(6) == 0)).Select(field => $"{field!["name"]}: {Value(field["type"]!, depth + 1)}"))}}}";
        return Named(type) switch
        {
            "Int" => $"{random.Next(1, 50)}",
            "Float" => "1.5",
            "Boolean" => random.Next(2) == 0 ? "true" : "false",
            "DateTime" => "\"2026-03-01T12:00:00Z\"",
            "Duration" => "\"1s\"",
            "UUID" => "\"0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a\"",
            "Json" => "{num1: 1, num2: 2}",
            _ => "\"addition\"",
        };
    }

    private string Changed(string document)
    {
        int at = random.Next(document.Length);
        return random.Next(6) switch
        {
            0 => document[..at],
            1 => document.Insert(at, "{}()[]$@!|&:\"#,\0"[random.Next(16)].ToString()),
            2 => document.Remove(at, 1),
            3 => document + " fragment F on Job { ...F }",
            4 => document.Replace("{", "{ ...F", StringComparison.Ordinal),
            _ => document.Insert(at, new string('{', random.Next(2) == 0 ? 20 : 5_000)),
        };
    }

    private static bool IsNeeded(JsonNode type) => type["kind"]!.GetValue<string>() == "NON_NULL";

    private static string Named(JsonNode type) => type["ofType"] is JsonObject inner ? Named(inner) : type["name"]!.GetValue<string>();
}
