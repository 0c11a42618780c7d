using System.Globalization;
using System.Text;

namespace Ratchet;

/// <summary>
/// Durations as people write them: numbers with the units d, h, m, s and ms, from large to small, such as <c>90s</c>, <c>1h30m</c> or <c>500ms</c>; or seconds alone.
/// </summary>
public static class Durations
{
    /// <summary>What a message about a wrong one says that it must be.</summary>
    public const string Form = "a duration such as \"500ms\", \"90s\", \"1h30m\" or \"2d\", or a number of seconds";

    /// <summary>Beyond any duration that makes sense here, and short enough to be added to any time of today.</summary>
    private const int MostDays = 36_500;

    private static readonly (string Name, long Milliseconds)[] Units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    /// <summary>Reads text with units. Each unit stands at most once, and the number before it is whole.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrEmpty(text)) return false;
        decimal milliseconds = 0;
        int next = 0;
        for (int at = 0; at < text.Length;)
        {
            int number = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            int unit = at;
            while (at < text.Length && char.IsAsciiLetterLower(text[at])) at++;
            int found = Array.FindIndex(Units, next, u => u.Name == text[unit..at]);
            if (found < 0 || !decimal.TryParse(text[number..unit], NumberStyles.None, CultureInfo.InvariantCulture, out decimal count)) return false;
            if (count > MostDays * Units[0].Milliseconds) return false;
            milliseconds += count * Units[found].Milliseconds;
            next = found + 1;
        }

        return TryFromSeconds(milliseconds / 1_000, out duration);
    }

    /// <summary>False for a negative number, and for more than 100 years.</summary>
    public static bool TryFromSeconds(decimal seconds, out TimeSpan duration)
    {
        duration = default;
        if (seconds is < 0 or > MostDays * 86_400L) return false;
        duration = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary>As <see cref="TryParse"/> reads it; what is below a millisecond is left out.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        long left = (long)duration.TotalMilliseconds;
        foreach ((string name, long milliseconds) in Units)
        {
            if (left >= milliseconds) text.Append(CultureInfo.InvariantCulture, $"{left / milliseconds}{name}");
            left %= milliseconds;
        }

        return text.Length > 0 ? text.ToString() : "0s";
    }
}
