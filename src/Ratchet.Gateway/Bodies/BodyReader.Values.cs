using System.Globalization;
using System.Text.Json;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Bodies;

/// <summary>The kinds of values that requests have.</summary>
internal ref partial struct BodyReader
{
    private const int MostItems = 1_000;

    private delegate T ItemReader<out T>(ref BodyReader body);

    public readonly string Text() => probe is not null ? probe.Is(Schema.Text(), "text") : json.TokenType == JsonTokenType.String ? Decode() : throw Wrong("must be a string");

    public readonly int Integer() => probe is not null ? probe.Is(Schema.Integer(), 1) : json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int value) ? value : throw Wrong("must be a whole number");

    public readonly double Number() => probe is not null ? probe.Is(Schema.Number(), 1) : json.TokenType == JsonTokenType.Number && json.TryGetDouble(out double value) && double.IsFinite(value) ? value : throw Wrong("must be a number");

    public readonly bool Boolean() => probe is not null ? probe.Is(Schema.Flag(), true) : json.TokenType is JsonTokenType.True or JsonTokenType.False ? json.GetBoolean() : throw Wrong("must be true or false");

    /// <summary>See <see cref="Durations"/>.</summary>
    public readonly TimeSpan Duration()
    {
        if (probe is not null) return probe.Is(Schema.Duration(), TimeSpan.FromSeconds(1));
        bool read = json.TokenType == JsonTokenType.Number
            ? json.TryGetDecimal(out decimal seconds) & Durations.TryFromSeconds(seconds, out TimeSpan duration)
            : Durations.TryParse(Text(), out duration);
        return read ? duration : throw Wrong($"must be {Durations.Form}");
    }

    /// <summary>See <see cref="Instants"/>.</summary>
    public readonly DateTimeOffset Instant() => probe is not null ? probe.Is(Schema.Instant(), DateTimeOffset.UnixEpoch) : Instants.TryParse(Text(), out DateTimeOffset at) ? at : throw Wrong($"must be {Instants.Form}");

    public readonly JobPriority Priority() => probe is not null ? probe.Is(Schema.Word(Enum.GetValues<JobPriority>().Select(p => p.Name())), JobPriority.Normal) : JobPriorities.TryParse(Text(), out JobPriority priority) ? priority : throw Wrong("must be LOW, NORMAL, HIGH or URGENT");

    /// <summary>One of a few words, in any case.</summary>
    public readonly T Word<T>(params ReadOnlySpan<(string Name, T Value)> words)
    {
        if (probe is not null) return probe.Is(Schema.Word(words.ToArray().Select(word => word.Name)), words[0].Value);
        string text = Text();
        var names = new List<string>(words.Length);
        foreach ((string name, T value) in words)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
            names.Add(name);
        }

        throw Wrong($"must be {string.Join(", ", names[..^1])} or {names[^1]}");
    }

    /// <summary>Any JSON value, as the bytes that came, when everybody who reads them will understand the same.</summary>
    public byte[] Raw()
    {
        if (probe is not null) return probe.Is(Schema.Any(), Array.Empty<byte>());
        int start = (int)json.TokenStartIndex;
        CheckPayload([]);
        return bytes[start..(int)json.BytesConsumed].ToArray();
    }

    /// <summary>Passes over any JSON value.</summary>
    public void Skip()
    {
        if (probe is null) json.Skip();
        else probe.Is(Schema.Any(), true);
    }

    public List<string> TextList() => probe is not null ? probe.Is(Schema.List(Schema.Text(), MostItems), new List<string>()) : Items(static (ref BodyReader body) => body.Text());

    public List<TimeSpan> DurationList() => probe is not null ? probe.Is(Schema.List(Schema.Duration(), MostItems), new List<TimeSpan>()) : Items(static (ref BodyReader body) => body.Duration());

    private List<T> Items<T>(ItemReader<T> read)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw Wrong("must be a list");
        (string outerPath, string outerField) = (path, Field);
        path = Pointer;
        var items = new List<T>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == MostItems) throw new ProblemException(Problem.InvalidField(path, $"{NameOf(path)} has more than {MostItems} entries."));
            Field = items.Count.ToString(CultureInfo.InvariantCulture);
            items.Add(read(ref this));
        }

        (path, Field) = (outerPath, outerField);
        return items;
    }

    private readonly string Decode()
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(Problem.InvalidField(Pointer, "The text holds half of a surrogate pair."));
        }
    }
}
