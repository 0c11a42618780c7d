using System.Text;

namespace Ratchet.Cli.Output;

/// <summary>Everything on stderr: errors, notes and logs. Data goes to stdout through <see cref="JsonOutput"/> and its siblings.</summary>
internal static class Messages
{
    public static void Error(string message) => Console.Error.WriteLine($"error: {Clean(message)}");

    public static void Note(string message) => Console.Error.WriteLine(Clean(message));

    /// <summary>
    /// Texts of tasks and servers reach the terminal through here. Control characters are spelled out, for an escape sequence in a log line could
    /// repaint the screen or answer for the user.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsUnsafe)) return text;
        StringBuilder clean = new(text.Length + 16);
        foreach (char c in text)
        {
            if (IsUnsafe(c)) clean.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else clean.Append(c);
        }

        return clean.ToString();
    }

    private static bool IsUnsafe(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
