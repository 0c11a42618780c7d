using System.Globalization;

namespace Ratchet.Bench.Report;

/// <summary>Figures as text; one that was not measured is a dash.</summary>
internal static class Show
{
    public const string Nothing = "-";

    public static string Whole(double? value) => Text(value, "#,0");

    public static string Fine(double? value) => Text(value, "#,0.00");

    /// <summary>A rate: without decimals once they would be noise.</summary>
    public static string Rate(double? value) => Text(value, value < 10 ? "0.0" : "#,0");

    public static string Times(double? value) => value is { } number && double.IsFinite(number) ? $"{Text(number, "0.00")} x" : Nothing;

    private static string Text(double? value, string format) =>
        value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : Nothing;
}
