namespace Ratchet.Lists;

/// <summary>A value of a field. Which part of it counts is said by the field's <see cref="FieldKind"/>.</summary>
/// <param name="Text">Of <see cref="FieldKind.Text"/> and <see cref="FieldKind.Word"/>.</param>
/// <param name="Number">Of <see cref="FieldKind.Number"/>, <see cref="FieldKind.Level"/> and <see cref="FieldKind.Flag"/> (0 or 1).</param>
/// <param name="Id">Of <see cref="FieldKind.Id"/>.</param>
/// <param name="At">Of <see cref="FieldKind.Instant"/>, in whole microseconds, as stores keep them.</param>
[GenerateSerializer, Immutable, Alias("ratchet.field-value")]
public readonly record struct FieldValue([property: Id(0)] string? Text, [property: Id(1)] long Number, [property: Id(2)] Guid Id, [property: Id(3)] DateTimeOffset At)
{
    public static FieldValue Of(string text) => new(text, 0, default, default);

    public static FieldValue Of(long number) => new(null, number, default, default);

    public static FieldValue Of(Guid id) => new(null, 0, id, default);

    public static FieldValue Of(bool flag) => Of(flag ? 1 : 0);

    public static FieldValue Of(DateTimeOffset at) => new(null, 0, default, new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero));

    public static FieldValue? OfOrNull(string? text) => text is null ? null : Of(text);

    public static FieldValue? OfOrNull(DateTimeOffset? at) => at is { } value ? Of(value) : null;

    /// <summary>The order that every store and every list in memory has.</summary>
    internal static int Compare(FieldKind kind, FieldValue one, FieldValue other) => kind switch
    {
        FieldKind.Text or FieldKind.Word => CompareTexts(one.Text ?? "", other.Text ?? ""),
        FieldKind.Instant => one.At.CompareTo(other.At),
        FieldKind.Id => one.Id.CompareTo(other.Id),
        _ => one.Number.CompareTo(other.Number),
    };

    /// <summary>As their UTF-8 bytes compare, which UTF-16 does only below U+D800: surrogates, which stand for what is above U+FFFF, lie below U+E000.</summary>
    private static int CompareTexts(string one, string other)
    {
        int common = one.AsSpan().CommonPrefixLength(other);
        if (common == one.Length || common == other.Length) return one.Length.CompareTo(other.Length);
        (char a, char b) = (one[common], other[common]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
