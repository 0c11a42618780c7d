namespace Ratchet.Execution.Packages;

/// <summary>The files that make a task, relative to its folder.</summary>
public static class TaskFileNames
{
    public const string Metadata = "metadata.json";
    public const string InputSchema = "input.schema.json";
    public const string OutputSchema = "output.schema.json";
    public const string MainJs = "main.js";
    public const string Tests = "tests";
    public const string Zip = ".zip";

    /// <summary>The four files that a task cannot run without, in the order in which <see cref="TaskDigest"/> takes them.</summary>
    public static IReadOnlyList<string> Required { get; } = [Metadata, InputSchema, OutputSchema, MainJs];

    /// <summary>True for the files that are read; anything else in a task's folder is left alone.</summary>
    internal static bool IsWanted(string file) => Required.Contains(file) || IsTest(file);

    /// <summary><c>tests/NAME.json</c>, not deeper.</summary>
    internal static bool IsTest(string file) =>
        file.StartsWith("tests/", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal) && file.LastIndexOf('/') == Tests.Length;
}
