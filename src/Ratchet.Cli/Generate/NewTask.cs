using System.Text.Encodings.Web;
using System.Text.Json;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Generate;

/// <summary>A new task's files.</summary>
internal sealed record NewTask(string Name, string Label)
{
    public const string DefaultDescription = "Greets whoever is named.";
    public const string DefaultVersion = "1.0.0";

    private const string InputSchema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "name": { "type": "string", "minLength": 1 }
          },
          "required": ["name"],
          "additionalProperties": false
        }
        """;

    private const string OutputSchema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "greeting": { "type": "string" }
          },
          "required": ["greeting"],
          "additionalProperties": false
        }
        """;

    private const string MainJs = """
        function main(input) {
          console.log(`greeting ${input.name}`);
          return { greeting: `Hello, ${input.name}!` };
        }
        """;

    private const string FirstTest = """
        {
          "input": { "name": "Ada" },
          "expected_output": { "greeting": "Hello, Ada!" }
        }
        """;

    public required string Description { get; init; }
    public required string Version { get; init; }

    public void Write(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(Path.Join(folder, TaskFileNames.Tests));
        WriteMetadata(Path.Join(folder, TaskFileNames.Metadata), time);
        WriteText(folder, TaskFileNames.InputSchema, InputSchema);
        WriteText(folder, TaskFileNames.OutputSchema, OutputSchema);
        WriteText(folder, TaskFileNames.MainJs, MainJs);
        WriteText(folder, $"{TaskFileNames.Tests}/greets-by-name.json", FirstTest);
    }

    private void WriteMetadata(string path, TimeProvider time)
    {
        using FileStream file = File.Create(path);
        using (Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("uuid", Guid.CreateVersion7(time.GetUtcNow()));
            json.WriteString("name", Name);
            json.WriteString("version", Version);
            json.WriteString("label", Label);
            json.WriteString("description", Description);
            json.WriteEndObject();
        }

        file.WriteByte((byte)'\n');
    }

    private static void WriteText(string folder, string file, string text) => File.WriteAllText(Path.Join(folder, file), text + "\n");
}
