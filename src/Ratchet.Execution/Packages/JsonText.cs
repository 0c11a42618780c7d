using System.Text.Json;

namespace Ratchet.Execution.Packages;

/// <summary>A JSON file of a task: its value, and where in its text each part is.</summary>
internal sealed class JsonText
{
    private readonly string file;
    private readonly ReadOnlyMemory<byte> utf8;
    private readonly ICollection<TaskProblem> problems;

    private JsonText(string file, ReadOnlyMemory<byte> utf8, JsonElement root, ICollection<TaskProblem> problems)
    {
        this.file = file;
        this.utf8 = utf8;
        this.problems = problems;
        Root = root;
    }

    public JsonElement Root { get; }

    /// <summary>Null, with a problem added, when the bytes are not one JSON value (RFC 8259) with unique keys.</summary>
    public static JsonText? Parse(string file, byte[] bytes, ICollection<TaskProblem> problems)
    {
        ReadOnlyMemory<byte> utf8 = SourceText.WithoutMark(bytes);
        if (!SourceText.CheckUtf8(file, utf8.Span, problems)) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return new JsonText(file, utf8, document.RootElement.Clone(), problems);
        }
        catch (JsonException error)
        {
            (int line, int column) = Position(utf8.Span, error);
            problems.Add(new TaskProblem(file, line, column, $"is not valid JSON: {Sentence(error)}"));
            return null;
        }
    }

    /// <param name="path">Keys and indices from the root to the part that is wrong; where a part is missing, the place of what should hold it.</param>
    public void AddProblem(IReadOnlyList<string> path, string message)
    {
        Utf8JsonReader reader = new(utf8.Span);
        reader.Read();
        (int line, int column) = SourceText.Position(utf8.Span, (int)Locate(ref reader, path, 0));
        problems.Add(new TaskProblem(file, line, column, message));
    }

    /// <summary>Offset of the part's key, or of the value itself in an array; the reader stands on a value.</summary>
    private static long Locate(ref Utf8JsonReader reader, IReadOnlyList<string> path, int depth)
    {
        long here = reader.TokenStartIndex;
        if (depth == path.Count) return here;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                long key = reader.TokenStartIndex;
                bool found = reader.ValueTextEquals(path[depth]);
                reader.Read();
                if (found) return depth + 1 == path.Count ? key : Locate(ref reader, path, depth + 1);
                reader.Skip();
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                if (path[depth] == index.ToString(System.Globalization.CultureInfo.InvariantCulture)) return Locate(ref reader, path, depth + 1);
                reader.Skip();
            }
        }

        return here;
    }

    private static (int Line, int Column) Position(ReadOnlySpan<byte> utf8, JsonException error)
    {
        if (error.LineNumber is not { } lines) return (0, 0);
        int start = 0;
        for (long i = 0; i < lines; i++) start += utf8[start..].IndexOf((byte)'\n') + 1;
        return SourceText.Position(utf8, start + (int)(error.BytePositionInLine ?? 0));
    }

    /// <summary>The library ends its messages with the position, counted from 0; ours stands in front and counts from 1.</summary>
    private static string Sentence(JsonException error)
    {
        int position = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? error.Message : error.Message[..position];
    }
}
