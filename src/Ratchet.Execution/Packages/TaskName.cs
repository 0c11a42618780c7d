namespace Ratchet.Execution.Packages;

/// <summary>What a task may be called: names stand in URLs, file names and grain keys unquoted.</summary>
public static class TaskName
{
    public const string Rule = "ASCII letters, digits, '.', '_' and '-', beginning with a letter or a digit, at most 200 characters";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= Limits.NameChars && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
