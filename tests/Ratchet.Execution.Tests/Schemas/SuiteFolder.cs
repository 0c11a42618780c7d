namespace Ratchet.Execution.Tests.Schemas;

/// <summary>Where the JSON Schema organisation's test suite lies.</summary>
internal static class SuiteFolder
{
    private const string Name = "json-schema-test-suite";

    /// <summary>The variable JSON_SCHEMA_TEST_SUITE, else tests/data or shared/data in a folder above this program; null when there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("JSON_SCHEMA_TEST_SUITE") is { Length: > 0 } given) return given;
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            foreach (string data in new[] { Path.Combine("tests", "data"), Path.Combine("shared", "data") })
            {
                string folder = Path.Combine(at.FullName, data, Name);
                if (Directory.Exists(folder)) return folder;
            }
        }
        return null;
    }
}
