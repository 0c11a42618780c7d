using System.Text.Json;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Submissions.Bulk;

/// <summary>A bulk submit as one JSON array. It is looked through to its end before the first job is submitted: one that breaks off submits nothing.</summary>
internal static class BulkArray
{
    private const int MostDepth = 66;

    /// <exception cref="ProblemException">It is not a JSON array (400).</exception>
    public static List<Range> Items(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MostDepth });
            if (!json.Read() || json.TokenType != JsonTokenType.StartArray) throw new ProblemException(Problem.Malformed("The body must be a JSON array of jobs, or lines of them as application/x-ndjson."));
            var items = new List<Range>();
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                int start = (int)json.TokenStartIndex;
                json.Skip();
                items.Add(start..(int)json.BytesConsumed);
                if (items.Count > Limits.BulkItems) throw new ProblemException(Problem.TooLarge($"An array has at most {Limits.BulkItems} jobs; lines of them as application/x-ndjson have no end."));
            }

            if (json.Read()) throw new ProblemException(Problem.Malformed("There is more after the JSON array."));
            return items;
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.Malformed($"The body is not valid JSON, or is nested too deeply, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
        }
    }
}
