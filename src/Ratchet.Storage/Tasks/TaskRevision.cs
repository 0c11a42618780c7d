using System.Globalization;

namespace Ratchet.Storage.Tasks;

/// <summary>
/// The versions of an author's work on one version: <c>1.2.0+r2</c>, <c>1.2.0+r3</c> and so on. The number is build metadata (SemVer, section 10), which does not count in the order of
/// versions: a revision of 1.2.0 is neither above nor below 1.2.0.
/// </summary>
public static class TaskRevision
{
    private const string Letter = "r";

    /// <summary>The version that a revision is one of; null for a version that is none.</summary>
    public static string? Of(string version)
    {
        int mark = version.LastIndexOfAny(['+', '.']);
        return mark > 0 && version.Contains('+', StringComparison.Ordinal) && Number(version[(mark + 1)..]) > 1 ? version[..mark] : null;
    }

    /// <param name="others">The task's other versions; revisions among them are counted on.</param>
    public static string Next(string version, IEnumerable<string> others)
    {
        int last = others.Where(other => Of(other) == version).Select(other => Number(other[(version.Length + 1)..])).DefaultIfEmpty(1).Max();
        string mark = version.Contains('+', StringComparison.Ordinal) ? "." : "+";
        return string.Create(CultureInfo.InvariantCulture, $"{version}{mark}{Letter}{last + 1}");
    }

    /// <summary>The number of <c>r2</c>; 0 for anything else.</summary>
    private static int Number(string text) =>
        text.StartsWith(Letter, StringComparison.Ordinal) && int.TryParse(text.AsSpan(Letter.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
