using System.Text.Json;
using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>
/// Reads <c>metadata.json</c>. Top-level keys that are not known here are left alone, for tasks carry tags, authors and the like; inside
/// <c>execution</c>, <c>retry</c>, <c>circuitBreaker</c>, <c>fetch</c>, <c>cache</c> and <c>http</c>, which change how a task runs, an unknown key is an error.
/// </summary>
internal static class MetadataReader
{
    /// <summary>Null, with problems added, unless everything in it is right.</summary>
    /// <param name="defaultName">Name of the folder, or of the zip without its ending.</param>
    public static TaskMetadata? Read(byte[] bytes, string defaultName, List<TaskProblem> problems)
    {
        int before = problems.Count;
        if (JsonText.Parse(TaskFileNames.Metadata, bytes, problems) is not { } text) return null;
        if (text.Root.ValueKind != JsonValueKind.Object)
        {
            text.AddProblem([], "must be a JSON object.");
            return null;
        }

        JsonSection root = new(text, text.Root, []);
        Guid uuid = Uuid(root);
        string? version = Version(root);
        string? label = root.RequiredText("label", TaskPackageLimits.LabelChars);
        string? description = root.RequiredText("description", TaskPackageLimits.DescriptionChars);
        string? name = Name(root, defaultName);
        TaskExecutionOptions execution = ExecutionReader.Read(root) with { Breaker = BreakerReader.Read(root), Fetch = FetchReader.Read(root), Cache = CacheReader.Read(root) };
        RetryPolicy retry = RetryReader.Read(root);
        root.Section("http")?.RefuseUnknown();
        return problems.Count == before ? new TaskMetadata(name!, uuid, version!, label!, description!, execution, retry) : null;
    }

    private static Guid Uuid(JsonSection root)
    {
        string? text = root.RequiredText("uuid", Limits.NameChars);
        if (text is null) return default;
        if (Guid.TryParseExact(text, "D", out Guid uuid) && uuid != Guid.Empty) return uuid;
        root.AddProblem("uuid", $"`uuid` must be a UUID such as 0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a, not \"{text}\".");
        return default;
    }

    private static string? Version(JsonSection root)
    {
        string? text = root.RequiredText("version", SemanticVersion.MaxChars);
        if (text is null || SemanticVersion.IsValid(text)) return text;
        root.AddProblem("version", $"`version` must be a version as of SemVer 2.0.0, such as 1.0.0, not \"{text}\".");
        return null;
    }

    private static string? Name(JsonSection root, string defaultName)
    {
        string? name = root.Has("name") ? root.Text("name", Limits.NameChars) : defaultName;
        if (name is null || TaskName.IsValid(name)) return name;
        if (name.Length == 0 && !root.Has("name"))
        {
            root.AddProblem("name", "`name` is missing, and no file name stands in for it.");
            return null;
        }

        root.AddProblem("name", root.Has("name")
            ? $"`name` may hold {TaskName.Rule}; \"{name}\" does not fit."
            : $"`name` is not given, and the folder's name \"{name}\" does not fit: a name may hold {TaskName.Rule}.");
        return null;
    }
}
