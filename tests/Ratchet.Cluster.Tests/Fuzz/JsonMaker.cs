using System.Text;
using System.Text.Json.Nodes;

namespace Ratchet.Cluster.Tests.Fuzz;

/// <summary>Makes bodies: first one that a schema allows, then what is wrong with it.</summary>
internal sealed class JsonMaker(Random random, JsonObject document)
{
    private static readonly string[] Numbers = ["1e400", "-1e400", "9223372036854775808", "-0", "1.5", "1e-400", new string('9', 5_000), "00", "+1", "NaN", "0x10"];
    private static readonly string[] Texts = ["", " ", "\0", "\u202e", "../../etc/passwd", "'; DROP TABLE jobs; --", "{{secret:X}}", "\ud83d\ude00", new string('x', 5_000), "%2F", "${jndi:ldap://127.0.0.1/}", "constructor", "__proto__"];

    /// <summary>What a schema allows, more or less.</summary>
    public JsonNode? Valid(JsonNode? schema, int depth = 0)
    {
        schema = Resolved(schema);
        if (schema is not JsonObject known || depth > 6) return Anything(3);
        if (known["enum"] is JsonArray words) return words[random.Next(words.Count)]?.DeepClone();
        if (known["oneOf"] is JsonArray some) return Valid(some[random.Next(some.Count)], depth + 1);
        string? type = known["type"] is JsonArray several ? several[0]!.GetValue<string>() : known["type"]?.GetValue<string>();
        switch (type)
        {
            case "object":
                var made = new JsonObject();
                var required = (known["required"] as JsonArray)?.Select(r => r!.GetValue<string>()).ToHashSet() ?? [];
                foreach ((string name, JsonNode? field) in known["properties"] as JsonObject ?? [])
                {
                    if (required.Contains(name) || random.Next(4) == 0) made[name] = name == "task" ? "addition" : Valid(field, depth + 1);
                }

                return made;
            case "array": return new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Valid(known["items"], depth + 1))]);
            case "integer": return random.Next(1, 100);
            case "number": return random.NextDouble() * 100;
            case "boolean": return random.Next(2) == 0;
            case "string" when known["format"]?.GetValue<string>() == "date-time": return "2026-03-01T12:00:00Z";
            case "string": return random.Next(3) == 0 ? Texts[random.Next(Texts.Length)] : "addition";
            default: return Anything(3);
        }
    }

    /// <summary>A body with something wrong, and sometimes nothing.</summary>
    public byte[] Broken(JsonNode? schema)
    {
        JsonNode? value = Valid(schema);
        for (int changes = random.Next(3); changes > 0; changes--) Change(value);
        string text = value?.ToJsonString() ?? "null";
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        switch (random.Next(14))
        {
            case 0: return bytes[..random.Next(bytes.Length + 1)];
            case 1: return Nested('[', ']', random.Next(2) == 0 ? 65 : 20_000);
            case 2: return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000));
            case 3: return Flipped(bytes);
            case 4: return [0xEF, 0xBB, 0xBF, .. bytes];
            case 5: return Encoding.Unicode.GetBytes(text);
            case 6: return Encoding.UTF8.GetBytes($"{{\"input\":{Numbers[random.Next(Numbers.Length)]},\"task\":\"addition\"}}");
            case 7: return Encoding.UTF8.GetBytes("{\"task\":\"\\ud800\",\"input\":{\"\\udfff\":1}}");
            case 8: return [.. bytes, .. bytes];
            case 9: return Encoding.UTF8.GetBytes(text.Replace("{", "{\"x\":1,\"x\":2,", StringComparison.Ordinal));
            case 10: return [];
            default: return bytes;
        }
    }

    public string Text() => Texts[random.Next(Texts.Length)];

    public string Number() => Numbers[random.Next(Numbers.Length)];

    private void Change(JsonNode? node)
    {
        if (node is not JsonObject fields)
        {
            if (node is JsonArray { Count: > 0 } items) Change(items[0]);
            return;
        }

        string[] names = [.. fields.Select(field => field.Key)];
        if (names.Length == 0 || random.Next(3) == 0) fields[random.Next(2) == 0 ? "unknown" : Text()] = Anything(3);
        else if (random.Next(3) == 0) Change(fields[names[random.Next(names.Length)]]);
        else if (random.Next(3) == 0) fields.Remove(names[random.Next(names.Length)]);
        else fields[names[random.Next(names.Length)]] = Anything(3);
    }

    private JsonNode? Anything(int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => null,
        1 => true,
        2 => random.Next(int.MinValue, int.MaxValue),
        3 => random.NextDouble() * 1e300,
        4 => Text(),
        5 => long.MaxValue,
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Anything(depth - 1))]),
        _ => new JsonObject { [Text()] = Anything(depth - 1) },
    };

    private byte[] Flipped(byte[] bytes)
    {
        if (bytes.Length == 0) return bytes;
        for (int flips = random.Next(1, 5); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static byte[] Nested(char open, char close, int levels) => Encoding.UTF8.GetBytes(new string(open, levels) + new string(close, levels));

    private JsonNode? Resolved(JsonNode? schema) => schema?["$ref"] is { } reference
        ? reference.GetValue<string>().TrimStart('#', '/').Split('/').Aggregate((JsonNode?)document, (at, step) => at?[step])
        : schema;
}
