using System.Globalization;
using System.Text.Json;
using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>
/// Reads <c>execution</c>, and the two top-level keys by which tasks of the original Ratchet say the same: <c>timeout</c> in ms and
/// <c>memory_limit</c> ("128MB").
/// </summary>
internal static class ExecutionReader
{
    private const int MaxTimeoutMs = 3_600_000;
    private const int MinHeapMb = 16;
    private const int MaxHeapMb = 1024;

    public static TaskExecutionOptions Read(JsonSection root)
    {
        TaskExecutionOptions defaults = new();
        JsonSection? section = root.Section("execution");
        section?.RefuseUnknown(["timeoutMs", "context", "heapMb", "record", "codeGeneration", .. LimitsReader.Keys]);
        long? alias = root.Integer("timeout", 1, MaxTimeoutMs);
        long? timeoutMs = OneOf(root, "timeout", alias, section, "timeoutMs", section?.Integer("timeoutMs", 1, MaxTimeoutMs));
        long? heapMb = OneOf(root, "memory_limit", MemoryLimit(root), section, "heapMb", section?.Integer("heapMb", MinHeapMb, MaxHeapMb));
        return new TaskExecutionOptions
        {
            Timeout = timeoutMs is { } ms ? TimeSpan.FromMilliseconds(ms) : defaults.Timeout,
            Context = Context(section) ?? defaults.Context,
            HeapMb = (int?)heapMb ?? defaults.HeapMb,
            Record = Record(section) ?? defaults.Record,
            Limits = LimitsReader.Read(section),
            CodeGeneration = section?.Boolean("codeGeneration") ?? defaults.CodeGeneration,
        };
    }

    private static long? OneOf(JsonSection root, string alias, long? aliasValue, JsonSection? section, string key, long? value)
    {
        if (aliasValue is not null && value is not null && aliasValue != value)
        {
            root.AddProblem(alias, $"{root.Name(alias)} and {section!.Name(key)} say different things; keep one of them.");
        }

        return value ?? aliasValue;
    }

    private static ContextMode? Context(JsonSection? section)
    {
        if (section is null || !section.TryGet("context", out JsonElement found)) return null;
        switch (found.ValueKind == JsonValueKind.String ? found.GetRawText() : null)
        {
            case "\"warm\"": return ContextMode.Warm;
            case "\"fresh\"": return ContextMode.Fresh;
            default:
                section.Wrong("context", found, "must be \"warm\" or \"fresh\"");
                return null;
        }
    }

    private static RecordMode? Record(JsonSection? section)
    {
        if (section is null || !section.TryGet("record", out JsonElement found)) return null;
        string? text = found.ValueKind == JsonValueKind.String ? found.GetString() : null;
        foreach ((string name, RecordMode mode) in RecordModes.Words) if (name == text) return mode;
        section.Wrong("record", found, "must be \"always\", \"onFailure\" or \"never\"");
        return null;
    }

    private static long? MemoryLimit(JsonSection root)
    {
        if (!root.TryGet("memory_limit", out JsonElement found)) return null;
        long? megabytes = found.ValueKind == JsonValueKind.String ? Megabytes(found.GetRawText().Trim('"').Trim()) : null;
        if (megabytes is >= MinHeapMb and <= MaxHeapMb) return megabytes;
        root.Wrong("memory_limit", found, $"must be a size from \"{MinHeapMb}MB\" to \"{MaxHeapMb}MB\"");
        return null;
    }

    private static long? Megabytes(string size)
    {
        int digits = size.TakeWhile(char.IsAsciiDigit).Count();
        if (!int.TryParse(size.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return null;
        return size[digits..].Trim().ToUpperInvariant() switch
        {
            "MB" or "MIB" or "M" => number,
            "GB" or "GIB" or "G" => number * 1024L,
            _ => null,
        };
    }
}
