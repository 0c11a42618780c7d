namespace Ratchet.Execution.Tests;

/// <summary>Public test data that is not part of the project.</summary>
internal static class TestData
{
    /// <summary>The folder that a variable names, else tests/data or shared/data in a folder above this program; null when there is none.</summary>
    public static string? Find(string name, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given) return given;
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            foreach (string data in new[] { Path.Combine("tests", "data"), Path.Combine("shared", "data") })
            {
                string folder = Path.Combine(at.FullName, data, name);
                if (Directory.Exists(folder)) return folder;
            }
        }
        return null;
    }
}
