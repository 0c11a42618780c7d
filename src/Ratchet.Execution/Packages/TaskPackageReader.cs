using System.Text;
using System.Text.Json;
using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>Reads a task from a folder or from a zip of one. Nothing is run or compiled: that is <c>ISandboxPool.CheckAsync</c>'s.</summary>
public static class TaskPackageReader
{
    /// <summary>What a zip without a file name is called in problems.</summary>
    private const string ZipName = "task.zip";

    /// <summary>True for a folder with a <c>metadata.json</c>, and for every zip.</summary>
    public static bool LooksLikeTask(string path) =>
        Directory.Exists(path) ? File.Exists(Path.Join(path, TaskFileNames.Metadata)) : IsZip(path) && File.Exists(path);

    /// <summary>Never throws for what it finds there; all of it becomes problems.</summary>
    public static TaskReading Read(string path)
    {
        string source = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        TaskFiles files = new();
        string name = Gather(source, files);
        return Read(source, name, files);
    }

    /// <summary>A zip that is in memory already. As <see cref="Read(string)"/>, it never throws for what it finds.</summary>
    /// <param name="name">The task's name when its metadata gives none; null: then that is a problem.</param>
    /// <param name="source">Where it is from, for messages to people.</param>
    public static TaskReading ReadZip(byte[] zip, string? name, string source)
    {
        TaskFiles files = new();
        using MemoryStream stream = new(zip, writable: false);
        TaskArchive.Load(ZipName, stream, files);
        return Read(source, name ?? "", files);
    }

    private static TaskReading Read(string source, string name, TaskFiles files)
    {
        if (files.Problems.Count > 0 && files.Get(TaskFileNames.Metadata) is null) return new TaskReading(source, null, [], files.Problems);

        TaskPackage? package = Package(source, name, files);
        List<TaskTest> tests = [];
        foreach ((string file, byte[] bytes) in files.Tests)
        {
            if (TaskTestReader.Read(file, bytes, files.Problems) is { } test) tests.Add(test);
        }

        return new TaskReading(source, package, tests, files.Problems);
    }

    /// <summary>Returns the name that the task has when its metadata gives none.</summary>
    private static string Gather(string source, TaskFiles files)
    {
        if (Directory.Exists(source))
        {
            TaskFolder.Load(source, files);
            return Path.GetFileName(source);
        }

        if (!File.Exists(source)) files.Refuse(source, "is neither a folder nor a file.");
        else if (!IsZip(source)) files.Refuse(source, "is neither a folder nor a .zip.");
        else TaskArchive.Load(source, files);
        return Path.GetFileNameWithoutExtension(source);
    }

    private static TaskPackage? Package(string source, string name, TaskFiles files)
    {
        List<TaskProblem> problems = files.Problems;
        foreach (string missing in TaskFileNames.Required.Where(f => files.Get(f) is null && !files.WasRefused(f)))
        {
            problems.Add(new TaskProblem(missing, 0, 0, "is missing."));
        }

        TaskMetadata? metadata = files.Get(TaskFileNames.Metadata) is { } bytes ? MetadataReader.Read(bytes, name, problems) : null;
        bool input = IsSchema(TaskFileNames.InputSchema, files);
        bool output = IsSchema(TaskFileNames.OutputSchema, files);
        bool code = files.Get(TaskFileNames.MainJs) is { } js && SourceText.CheckUtf8(TaskFileNames.MainJs, js, problems);
        if (metadata is null || !input || !output || !code) return null;
        return new TaskPackage
        {
            Name = metadata.Name,
            Uuid = metadata.Uuid,
            Version = metadata.Version,
            Label = metadata.Label,
            Description = metadata.Description,
            Digest = TaskDigest.Of(file => files.Get(file)!),
            Metadata = Text(files, TaskFileNames.Metadata),
            InputSchema = Text(files, TaskFileNames.InputSchema),
            OutputSchema = Text(files, TaskFileNames.OutputSchema),
            MainJs = Text(files, TaskFileNames.MainJs),
            Execution = metadata.Execution,
            Retry = metadata.Retry,
            Source = source,
        };
    }

    /// <summary>A schema is an object or a boolean (JSON Schema 2020-12 core, section 4.3).</summary>
    private static bool IsSchema(string file, TaskFiles files)
    {
        if (files.Get(file) is not { } bytes || JsonText.Parse(file, bytes, files.Problems) is not { } text) return false;
        if (text.Root.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
        {
            text.AddProblem([], "must be a JSON Schema: an object, true or false.");
            return false;
        }

        if (SchemaCycles.Find(new SchemaDocument(text.Root)) is not { } cycle) return true;
        text.AddProblem([.. cycle.At.Path, cycle.Keyword], $"the {cycle.Keyword} at {cycle.At.Pointer} leads back to {cycle.To.Pointer} without going into the value, so that checking would never end.");
        return false;
    }

    private static string Text(TaskFiles files, string file) => Encoding.UTF8.GetString(SourceText.WithoutMark(files.Get(file)!).Span);

    internal static bool IsZip(string path) => path.EndsWith(TaskFileNames.Zip, StringComparison.OrdinalIgnoreCase);
}
