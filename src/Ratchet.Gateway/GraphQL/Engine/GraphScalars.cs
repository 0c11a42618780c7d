using GraphQL.Types;
using GraphQLParser.AST;
using Ratchet.Gateway.Bodies;

namespace Ratchet.Gateway.GraphQL.Engine;

/// <summary>JSON as bytes that were checked when they came in, to be written as they are.</summary>
internal sealed record RawJson(byte[] Utf8)
{
    public static RawJson? Of(byte[]? utf8) => utf8 is null ? null : new RawJson(utf8);

    public static RawJson? Of(string? json) => json is null ? null : new RawJson(System.Text.Encoding.UTF8.GetBytes(json));
}

/// <summary>The scalars beyond those of GraphQL itself.</summary>
internal static class GraphScalars
{
    public static IEnumerable<ScalarGraphType> All() =>
    [
        new JsonScalar("Json"), new JsonScalar("_Any"), new LongScalar(),
        new TextScalar<DateTimeOffset>("DateTime", text => Instants.TryParse(text, out DateTimeOffset at) ? at : null, Instants.Form, at => at.UtcDateTime.ToString("O")),
        new TextScalar<TimeSpan>("Duration", text => Durations.TryParse(text, out TimeSpan duration) ? duration : null, Durations.Form, Durations.Format),
        new TextScalar<Guid>("UUID", text => Guid.TryParseExact(text, "D", out Guid id) ? id : null, "a UUID (RFC 9562)", id => id.ToString("D")),
        new TextScalar<string>("FieldSet", text => text, "a selection of fields", text => text),
    ];

    /// <summary>A literal as JSON has it.</summary>
    public static object? Literal(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLBooleanValue flag => flag.BoolValue,
        GraphQLStringValue text => text.Value.ToString(),
        GraphQLEnumValue name => name.Name.StringValue,
        GraphQLIntValue number => JsonNumbers.Of(number.Value.Span),
        GraphQLFloatValue number => JsonNumbers.Of(number.Value.Span),
        GraphQLListValue list => list.Values?.Select(Literal).ToList() ?? [],
        GraphQLObjectValue fields => fields.Fields?.ToDictionary(f => f.Name.StringValue, f => Literal(f.Value)) ?? [],
        _ => throw new InvalidOperationException($"A {value.Kind} is no literal."),
    };
}

/// <summary>Any JSON value.</summary>
internal sealed class JsonScalar : ScalarGraphType
{
    public JsonScalar(string name) => Name = name;

    public override object? ParseValue(object? value) => value;

    public override object? ParseLiteral(GraphQLValue value) => GraphScalars.Literal(value);

    public override bool CanParseLiteral(GraphQLValue value) => !HasVariable(value);

    public override object? Serialize(object? value) => value;

    private static bool HasVariable(GraphQLValue value) => value switch
    {
        GraphQLVariable => true,
        GraphQLListValue list => list.Values?.Any(HasVariable) == true,
        GraphQLObjectValue fields => fields.Fields?.Any(f => HasVariable(f.Value)) == true,
        _ => false,
    };
}

/// <summary>Whole numbers beyond 32 bits.</summary>
internal sealed class LongScalar : ScalarGraphType
{
    public LongScalar() => Name = "Long";

    public override object? ParseLiteral(GraphQLValue value) => value is GraphQLNullValue ? null : value is GraphQLIntValue number ? ParseValue(JsonNumbers.Of(number.Value.Span)) : ThrowLiteralConversionError(value);

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        int number => (long)number,
        long number => number,
        _ => ThrowValueConversionError(value),
    };

    public override object? Serialize(object? value) => value is int number ? (long)number : value;
}

/// <summary>A value that is text in JSON.</summary>
/// <param name="name">The scalar's.</param>
/// <param name="form">What it has to be, to be read after "must be".</param>
internal sealed class TextScalar<T> : ScalarGraphType
{
    private readonly Func<string, object?> parse;
    private readonly Func<T, string> format;
    private readonly string form;

    public TextScalar(string name, Func<string, object?> parse, string form, Func<T, string> format)
    {
        Name = name;
        this.parse = parse;
        this.form = form;
        this.format = format;
    }

    public override object? ParseLiteral(GraphQLValue value) => ParseValue(GraphScalars.Literal(value));

    public override bool CanParseLiteral(GraphQLValue value) => value is GraphQLNullValue || (value is GraphQLStringValue text && parse(text.Value.ToString()) is not null);

    public override bool CanParseValue(object? value) => value is null || (value is string text && parse(text) is not null);

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        string text when parse(text) is { } parsed => parsed,
        _ => throw new FormatException($"{Name} must be {form}."),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        T known => format(known),
        _ => value.ToString(),
    };
}

/// <summary>Numbers of JSON and of GraphQL.</summary>
internal static class JsonNumbers
{
    /// <summary>An int or a long where it fits, else a decimal where that says the same, else a double.</summary>
    /// <returns>Null for a number beyond the range of a double.</returns>
    public static object? Of(ReadOnlySpan<char> text)
    {
        System.Globalization.CultureInfo plain = System.Globalization.CultureInfo.InvariantCulture;
        if (long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, plain, out long whole)) return whole is >= int.MinValue and <= int.MaxValue ? (object)(int)whole : whole;
        if (text.Length <= 28 && !text.ContainsAny('e', 'E') && decimal.TryParse(text, System.Globalization.NumberStyles.Float, plain, out decimal exact)) return exact;
        return double.TryParse(text, System.Globalization.NumberStyles.Float, plain, out double near) && double.IsFinite(near) ? near : null;
    }
}
