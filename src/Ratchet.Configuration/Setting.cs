using System.ComponentModel;
using System.Globalization;

namespace Ratchet.Configuration;

/// <param name="Key">Section and name: <c>Storage:Provider</c>.</param>
/// <param name="Type">What it is; of a list, what its elements are.</param>
/// <param name="Default">As text; empty when there is none.</param>
public sealed record Setting(string Key, Type Type, bool IsList, bool IsSecret, string Default)
{
    /// <summary>What a value must be, for a message about one that is not.</summary>
    public string Form => Type switch
    {
        _ when Type == typeof(TimeSpan) => Durations.Form,
        _ when Type == typeof(bool) => "true or false",
        _ when Type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(Type).Select(name => name.ToLowerInvariant()))}",
        _ when Type == typeof(int) || Type == typeof(long) => "a whole number",
        _ when Type == typeof(double) || Type == typeof(decimal) => "a number",
        _ => $"a {Type.Name}",
    };

    /// <summary>
    /// The value as the options' binder reads it. Of a duration that is written as everywhere else (<see cref="Durations"/>), where the binder would take a number alone for days.
    /// </summary>
    /// <returns>False when it is none of the setting's type.</returns>
    public bool TryRead(string? text, out string? value)
    {
        value = text;
        if (string.IsNullOrEmpty(text) || Type == typeof(string)) return true;
        if (Type == typeof(TimeSpan) && TryReadDuration(text, out TimeSpan duration))
        {
            value = duration.ToString("c", CultureInfo.InvariantCulture);
            return true;
        }

        if (Type == typeof(TimeSpan)) return false;
        if (Type.IsEnum) return Enum.TryParse(Type, text, ignoreCase: true, out object? named) && Enum.IsDefined(Type, named);
        TypeConverter converter = TypeDescriptor.GetConverter(Type);
        try
        {
            return !converter.CanConvertFrom(typeof(string)) || converter.ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Also as .NET writes one, <c>00:05:00</c>.</summary>
    private static bool TryReadDuration(string text, out TimeSpan duration) =>
        Durations.TryParse(text, out duration)
        || (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds) && Durations.TryFromSeconds(seconds, out duration))
        || (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration));
}
