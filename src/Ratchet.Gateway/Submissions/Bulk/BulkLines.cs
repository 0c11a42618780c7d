using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Submissions.Bulk;

/// <summary>A bulk submit as lines (application/x-ndjson), read as they come: a chunk goes on when it is full, or when the client pauses.</summary>
internal static class BulkLines
{
    private const byte LineFeed = (byte)'\n';

    /// <param name="longest">Bytes of a line at most: a longer one is told of, and nothing behind it is read.</param>
    public static async IAsyncEnumerable<List<BulkItem>> ChunksAsync(PipeReader body, int longest, string? traceParent, [EnumeratorCancellation] CancellationToken cancel)
    {
        var chunk = new List<BulkItem>();
        while (true)
        {
            if (!body.TryRead(out ReadResult result))
            {
                if (chunk.Count > 0)
                {
                    yield return chunk;
                    chunk = [];
                }

                result = await body.ReadAsync(cancel);
            }

            ReadOnlySequence<byte> rest = result.Buffer;
            bool tooLong = false;
            while (!tooLong && TryTake(ref rest, result.IsCompleted, out ReadOnlySequence<byte> line))
            {
                tooLong = line.Length > longest;
                if (tooLong) break;
                if (Add(chunk, line, traceParent) && chunk.Count == Limits.SubmitBatch)
                {
                    yield return chunk;
                    chunk = [];
                }
            }

            if (tooLong || rest.Length > longest)
            {
                chunk.Add(new BulkItem(null, Problem.TooLarge($"A line has more than {longest} bytes; nothing behind it was read.")));
                yield return chunk;
                yield break;
            }

            body.AdvanceTo(rest.Start, rest.End);
            if (!result.IsCompleted || rest.Length > 0) continue;
            if (chunk.Count > 0) yield return chunk;
            yield break;
        }
    }

    /// <summary>The next line without its end; at the end of the body also what has none.</summary>
    private static bool TryTake(ref ReadOnlySequence<byte> rest, bool last, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf(LineFeed) is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!last || rest.IsEmpty) return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    /// <summary>False for a line without anything on it.</summary>
    private static bool Add(List<BulkItem> chunk, ReadOnlySequence<byte> line, string? traceParent)
    {
        ReadOnlySpan<byte> json = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        json = json.Trim(" \t\r"u8);
        if (json.IsEmpty) return false;
        chunk.Add(BulkItem.Read(json, traceParent));
        return true;
    }
}
