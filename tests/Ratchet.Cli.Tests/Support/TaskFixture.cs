using System.IO.Compression;

namespace Ratchet.Cli.Tests.Support;

/// <summary>A good task, of which a test changes what it is about.</summary>
public sealed class TaskFixture
{
    public const string Uuid = "6a0c1d1e-58a5-4f0e-9a35-0c4f9c3b7a10";

    public const string Metadata = """{"uuid":"6a0c1d1e-58a5-4f0e-9a35-0c4f9c3b7a10","version":"1.0.0","label":"Double","description":"Doubles."}""";

    public Dictionary<string, string> Files { get; } = new()
    {
        ["metadata.json"] = Metadata,
        ["input.schema.json"] = """{"type":"object","properties":{"n":{"type":"number"}},"required":["n"]}""",
        ["output.schema.json"] = """{"type":"object"}""",
        ["main.js"] = "function main(input) { return { doubled: input.n * 2 }; }",
    };

    public TaskFixture With(string file, string? content)
    {
        if (content is null) Files.Remove(file);
        else Files[file] = content;
        return this;
    }

    public TaskFixture WithMetadata(string more) => With("metadata.json", Metadata[..^1] + "," + more + "}");

    public string WriteTo(string folder)
    {
        foreach ((string file, string content) in Files)
        {
            string path = Path.Join(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }

        return folder;
    }

    /// <param name="prefix">Put before each entry's name: <c>folder/</c>.</param>
    public string ZipTo(string path, string prefix = "", Action<ZipArchive>? more = null)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string file, string content) in Files) Add(zip, prefix + file, content);
        more?.Invoke(zip);
        return path;
    }

    public static ZipArchiveEntry Add(ZipArchive zip, string name, string content)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name);
        using StreamWriter writer = new(entry.Open());
        writer.Write(content);
        return entry;
    }
}
