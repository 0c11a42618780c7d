using System.Text.Json;

namespace Ratchet.Sandbox.Schemas;

/// <summary>The kinds of JSON values; a number is a whole one or another.</summary>
[Flags]
internal enum JsonKinds : byte
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Fraction = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Any = Null | Boolean | Integer | Fraction | String | Array | Object,
}

/// <summary>
/// A schema that says no more than types, properties, ranges and lengths, as most do: whether a value matches is seen in one pass over its text, without V8. It never says that a value does
/// not match: what it does not accept is for the validator, which also has the words for it. See docs/adr/0024.
/// </summary>
internal sealed class SchemaShape
{
    /// <summary>Longest text that is looked at here, in bytes; a longer one goes where it can be interrupted.</summary>
    public const int MostBytes = 64 << 10;

    public static readonly SchemaShape Nothing = new() { Kinds = JsonKinds.None };

    public JsonKinds Kinds { get; init; } = JsonKinds.Any;
    public double Minimum { get; init; } = double.NegativeInfinity;
    public double Maximum { get; init; } = double.PositiveInfinity;
    public double Above { get; init; } = double.NegativeInfinity;
    public double Below { get; init; } = double.PositiveInfinity;

    /// <summary>In Unicode code points.</summary>
    public long MinLength { get; init; }
    public long MaxLength { get; init; } = long.MaxValue;
    public long MinItems { get; init; }
    public long MaxItems { get; init; } = long.MaxValue;

    /// <summary>The only strings that there may be, as UTF-8; null for any.</summary>
    public byte[][]? Words { get; init; }

    /// <summary>The properties that are named, as UTF-8: 64 at most, so that a word holds which were seen.</summary>
    public byte[][] Names { get; init; } = [];

    /// <summary>What each of <see cref="Names"/> has to be; null for one that is required only.</summary>
    public SchemaShape?[] Properties { get; init; } = [];

    /// <summary>A bit for each of <see cref="Names"/>.</summary>
    public ulong Required { get; init; }

    /// <summary>What all other properties have to be; null for anything.</summary>
    public SchemaShape? Additional { get; init; }

    /// <summary>Null for anything.</summary>
    public SchemaShape? Items { get; init; }

    /// <summary>True when the text is JSON and surely matches; false when the validator has to be asked.</summary>
    public bool Matches(ReadOnlySpan<byte> json)
    {
        if (json.Length > MostBytes) return false;
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && Accepts(ref reader) && !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, nested deeply, or half a surrogate pair.
            return false;
        }
    }

    private bool Accepts(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Has(JsonKinds.Object) && AcceptsObject(ref reader),
        JsonTokenType.StartArray => Has(JsonKinds.Array) && AcceptsArray(ref reader),
        JsonTokenType.String => Has(JsonKinds.String) && AcceptsText(ref reader),
        JsonTokenType.Number => AcceptsNumber(ref reader),
        JsonTokenType.Null => Has(JsonKinds.Null),
        _ => Has(JsonKinds.Boolean),
    };

    private bool Has(JsonKinds kind) => (Kinds & kind) != 0;

    private bool AcceptsNumber(ref Utf8JsonReader reader)
    {
        // A script has doubles; what is beyond them is for the validator.
        if (!reader.TryGetDouble(out double value) || !double.IsFinite(value)) return false;
        return Has(Math.Floor(value) == value ? JsonKinds.Integer : JsonKinds.Fraction) && value >= Minimum && value <= Maximum && value > Above && value < Below;
    }

    private bool AcceptsText(ref Utf8JsonReader reader)
    {
        if (Words is not null && !IsWord(ref reader)) return false;
        if (MinLength == 0 && MaxLength == long.MaxValue) return true;
        long length = 0;
        foreach (char unit in reader.GetString()!) if (!char.IsLowSurrogate(unit)) length++;
        return length >= MinLength && length <= MaxLength;
    }

    private bool IsWord(ref Utf8JsonReader reader)
    {
        foreach (byte[] word in Words!) if (reader.ValueTextEquals(word)) return true;
        return false;
    }

    private bool AcceptsArray(ref Utf8JsonReader reader)
    {
        long items = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; items++) if (!Accepts(Items, ref reader)) return false;
        return items >= MinItems && items <= MaxItems;
    }

    private bool AcceptsObject(ref Utf8JsonReader reader)
    {
        ulong seen = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            SchemaShape? wanted = Additional;
            if (IndexOfName(ref reader) is >= 0 and var index)
            {
                // Named twice: which of them counts is not for here.
                if ((seen & 1UL << index) != 0) return false;
                seen |= 1UL << index;
                wanted = Properties[index] ?? Additional;
            }
            reader.Read();
            if (!Accepts(wanted, ref reader)) return false;
        }
        return (seen & Required) == Required;
    }

    private int IndexOfName(ref Utf8JsonReader reader)
    {
        for (int i = 0; i < Names.Length; i++) if (reader.ValueTextEquals(Names[i])) return i;
        return -1;
    }

    private static bool Accepts(SchemaShape? wanted, ref Utf8JsonReader reader)
    {
        if (wanted is not null) return wanted.Accepts(ref reader);
        reader.Skip();
        return true;
    }
}
