namespace Ratchet.Sandbox.Schemas;

/// <summary>A schema cannot be compiled.</summary>
/// <param name="file">Which of the task's two, by the name of its file.</param>
internal sealed class SchemaException(string file, string message) : Exception(message)
{
    public string File { get; } = file;
}

internal static class SchemaFiles
{
    public const string Input = "input.schema.json";
    public const string Output = "output.schema.json";
}
