using System.Text;
using System.Text.Json;

namespace Ratchet.Sandbox.Schemas;

/// <summary>
/// Reads a schema as a <see cref="SchemaShape"/>, if it is one. A keyword that is not known here, a value that the dialect's metaschema would not have, a name that occurs twice: then it is none,
/// and the validator alone decides. So a shape is always of a schema that compiles.
/// </summary>
internal static class ShapeReader
{
    private const int MostChars = 64 << 10;
    private const int MostNames = 64;
    private const int MostDepth = 16;

    private static readonly SchemaShape Anything = new();

    // In those before, whole numbers and exclusive limits are something else.
    private static readonly HashSet<string> Dialects =
    [
        "https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2019-09/schema", "http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-07/schema",
    ];

    /// <summary>Null when the schema says more than a shape can.</summary>
    public static SchemaShape? TryRead(string schema)
    {
        if (schema.Length > MostChars) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(schema);
            return Read(document.RootElement, 0);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }

    private static SchemaShape? Read(JsonElement schema, int depth)
    {
        if (schema.ValueKind == JsonValueKind.True) return Anything;
        if (schema.ValueKind == JsonValueKind.False) return SchemaShape.Nothing;
        if (schema.ValueKind != JsonValueKind.Object || depth == MostDepth) return null;
        var made = new Draft(depth);
        var names = new HashSet<string>();
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!names.Add(keyword.Name) || !made.TryAdd(keyword.Name, keyword.Value)) return null;
        }
        return made.Shape();
    }

    /// <summary>One schema's keywords, as they come.</summary>
    private sealed class Draft(int depth)
    {
        private readonly List<(string Name, SchemaShape? Shape)> names = [];
        private readonly HashSet<string> required = [];
        private JsonKinds kinds = JsonKinds.Any;
        private double minimum = double.NegativeInfinity, maximum = double.PositiveInfinity, above = double.NegativeInfinity, below = double.PositiveInfinity;
        private long minLength, minItems, maxLength = long.MaxValue, maxItems = long.MaxValue;
        private List<byte[]>? words;
        private SchemaShape? additional, items;

        public bool TryAdd(string keyword, JsonElement value) => keyword switch
        {
            "$schema" => depth == 0 && value.ValueKind == JsonValueKind.String && Dialects.Contains(value.GetString()!),
            "title" or "description" or "$comment" => value.ValueKind == JsonValueKind.String,
            "default" => true,
            "examples" => value.ValueKind == JsonValueKind.Array,
            "readOnly" or "writeOnly" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "type" => TryType(value),
            "minimum" => TryNumber(value, out minimum),
            "maximum" => TryNumber(value, out maximum),
            "exclusiveMinimum" => TryNumber(value, out above),
            "exclusiveMaximum" => TryNumber(value, out below),
            "minLength" => TryCount(value, out minLength),
            "maxLength" => TryCount(value, out maxLength),
            "minItems" => TryCount(value, out minItems),
            "maxItems" => TryCount(value, out maxItems),
            "enum" => TryWords(value),
            "properties" => TryProperties(value),
            "required" => TryRequired(value),
            "additionalProperties" => (additional = Read(value, depth + 1)) is not null,
            "items" => (items = Read(value, depth + 1)) is not null,
            _ => false,
        };

        public SchemaShape? Shape()
        {
            foreach (string name in required) if (!names.Exists(known => known.Name == name)) names.Add((name, null));
            if (names.Count > MostNames) return null;
            ulong bits = 0;
            for (int i = 0; i < names.Count; i++) if (required.Contains(names[i].Name)) bits |= 1UL << i;
            return new SchemaShape
            {
                Kinds = words is null ? kinds : kinds & JsonKinds.String,
                Minimum = minimum,
                Maximum = maximum,
                Above = above,
                Below = below,
                MinLength = minLength,
                MaxLength = maxLength,
                MinItems = minItems,
                MaxItems = maxItems,
                Words = words?.ToArray(),
                Names = [.. names.Select(known => Encoding.UTF8.GetBytes(known.Name))],
                Properties = [.. names.Select(known => known.Shape)],
                Required = bits,
                Additional = additional,
                Items = items,
            };
        }

        private bool TryType(JsonElement value)
        {
            kinds = JsonKinds.None;
            if (value.ValueKind == JsonValueKind.String) return TryKind(value);
            if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 or > 7) return false;
            var seen = new HashSet<string>();
            foreach (JsonElement one in value.EnumerateArray()) if (one.ValueKind != JsonValueKind.String || !seen.Add(one.GetString()!) || !TryKind(one)) return false;
            return true;
        }

        private bool TryKind(JsonElement value)
        {
            JsonKinds kind = value.GetString() switch
            {
                "null" => JsonKinds.Null,
                "boolean" => JsonKinds.Boolean,
                "integer" => JsonKinds.Integer,
                "number" => JsonKinds.Integer | JsonKinds.Fraction,
                "string" => JsonKinds.String,
                "array" => JsonKinds.Array,
                "object" => JsonKinds.Object,
                _ => JsonKinds.None,
            };
            kinds |= kind;
            return kind != JsonKinds.None;
        }

        private bool TryWords(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 or > MostNames) return false;
            words = [];
            var seen = new HashSet<string>();
            foreach (JsonElement word in value.EnumerateArray())
            {
                if (word.ValueKind != JsonValueKind.String || !seen.Add(word.GetString()!)) return false;
                words.Add(Encoding.UTF8.GetBytes(word.GetString()!));
            }
            return true;
        }

        private bool TryProperties(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Object) return false;
            foreach (JsonProperty property in value.EnumerateObject())
            {
                if (names.Count == MostNames || property.Name == "__proto__" || names.Exists(known => known.Name == property.Name) || Read(property.Value, depth + 1) is not { } shape) return false;
                names.Add((property.Name, shape));
            }
            return true;
        }

        private bool TryRequired(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MostNames) return false;
            foreach (JsonElement name in value.EnumerateArray()) if (name.ValueKind != JsonValueKind.String || name.GetString() == "__proto__" || !required.Add(name.GetString()!)) return false;
            return true;
        }

        private static bool TryNumber(JsonElement value, out double number)
        {
            number = 0;
            return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && double.IsFinite(number);
        }

        private static bool TryCount(JsonElement value, out long count)
        {
            count = 0;
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out count) && count >= 0;
        }
    }
}
