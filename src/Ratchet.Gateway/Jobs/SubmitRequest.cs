using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Jobs;

/// <summary>Reads the body of POST /jobs. The input's bytes are taken over as they are, so that what a client sends is what its task sees.</summary>
public static class SubmitRequest
{
    private const int MostDepth = 64;

    /// <exception cref="ProblemException">Not JSON (400), or a field that is unknown, missing or of a wrong type (422).</exception>
    public static Submission Read(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body)) throw new ProblemException(Problem.Malformed("The body is not valid UTF-8."));
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MostDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new ProblemException(Problem.Malformed("The body must be a JSON object."));
            Submission submission = ReadObject(ref reader, body);
            if (reader.Read()) throw new ProblemException(Problem.Malformed("There is more after the JSON object."));
            return submission;
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.Malformed($"The body is not valid JSON, or is nested deeper than {MostDepth} levels, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
        }
    }

    private static Submission ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var draft = new Submission { Task = "", Input = [] };
        bool hasInput = false;
        var seen = new HashSet<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = Decode("", ref reader);
            if (!seen.Add(field)) throw Wrong($"/{field}", $"'{field}' is there twice.");
            reader.Read();
            if (field == "input")
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                draft = draft with { Input = body[start..(int)reader.BytesConsumed].ToArray() };
                hasInput = true;
            }
            else if (reader.TokenType != JsonTokenType.Null || field == "task")
            {
                draft = ReadField(draft, field, ref reader);
            }
        }

        if (draft.Task.Length == 0) throw Wrong("/task", "task is missing: the name of the task to run.");
        return hasInput ? draft : throw Wrong("/input", "input is missing; send {} for a task that needs none.");
    }

    private static Submission ReadField(Submission draft, string field, ref Utf8JsonReader reader) => field switch
    {
        "task" => draft with { Task = Text(field, ref reader) },
        "version" => draft with { Version = Text(field, ref reader) },
        "queue" => draft with { Queue = Text(field, ref reader) },
        "idempotencyKey" => draft with { IdempotencyKey = Text(field, ref reader) },
        "priority" => draft with { Priority = Priority(Text(field, ref reader)) },
        "maxAttempts" => draft with { MaxAttempts = Integer(field, ref reader) },
        "runAt" => draft with { RunAt = Instant(field, Text(field, ref reader)) },
        _ => throw Wrong($"/{field}", $"'{field}' is not a field of a job; known are task, version, input, priority, queue, maxAttempts, runAt, idempotencyKey."),
    };

    private static string Text(string field, ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? Decode($"/{field}", ref reader) : throw Wrong($"/{field}", $"{field} must be a string.");

    private static string Decode(string pointer, ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(pointer, "The text holds half of a surrogate pair.");
        }
    }

    private static int Integer(string field, ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) ? value : throw Wrong($"/{field}", $"{field} must be a whole number.");

    private static JobPriority Priority(string text) =>
        JobPriorities.TryParse(text, out JobPriority priority) ? priority : throw Wrong("/priority", "priority must be LOW, NORMAL, HIGH or URGENT.");

    private static DateTimeOffset Instant(string field, string text) =>
        HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            ? at
            : throw Wrong($"/{field}", $"{field} must be an instant as RFC 3339 writes it, such as 2026-01-31T09:00:00Z.");

    /// <summary>RFC 3339, section 5.6: an instant ends with Z or with the offset from UTC.</summary>
    private static bool HasOffset(string text) => text.EndsWith('Z') || text.EndsWith('z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');

    private static ProblemException Wrong(string pointer, string detail) => new(Problem.InvalidField(pointer, detail));
}
