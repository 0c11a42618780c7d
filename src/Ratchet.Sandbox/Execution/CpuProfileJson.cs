using System.Text.Json;
using Microsoft.ClearScript.V8;

namespace Ratchet.Sandbox.Execution;

/// <summary>
/// A profile as Chrome DevTools and VS Code read it: type Profile of the Chrome DevTools Protocol's Profiler domain. Lines and columns of call frames count from 0, those of ticks from 1.
/// </summary>
internal static class CpuProfileJson
{
    /// <param name="head">Characters before the author's first on line 1 of main.js.</param>
    public static byte[] Of(V8CpuProfile profile, int head)
    {
        IReadOnlyList<V8CpuProfile.Sample> samples = profile.Samples ?? [];
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("nodes");
            WriteNodes(json, profile.RootNode, head);
            json.WriteEndArray();
            json.WriteNumber("startTime", profile.StartTimestamp);
            json.WriteNumber("endTime", profile.EndTimestamp);
            json.WriteStartArray("samples");
            foreach (V8CpuProfile.Sample sample in samples) json.WriteNumberValue(sample.Node.NodeId);
            json.WriteEndArray();
            json.WriteStartArray("timeDeltas");
            long before = (long)profile.StartTimestamp;
            foreach (V8CpuProfile.Sample sample in samples)
            {
                json.WriteNumberValue((long)sample.Timestamp - before);
                before = (long)sample.Timestamp;
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return text.ToArray();
    }

    private static void WriteNodes(Utf8JsonWriter json, V8CpuProfile.Node root, int head)
    {
        // Not by recursion: the tree is as deep as the script's stack.
        var left = new Stack<V8CpuProfile.Node>([root]);
        while (left.TryPop(out V8CpuProfile.Node? node))
        {
            json.WriteStartObject();
            json.WriteNumber("id", node.NodeId);
            WriteFrame(json, node, head);
            json.WriteNumber("hitCount", node.HitCount);
            WriteChildren(json, node, left);
            WriteTicks(json, node);
            json.WriteEndObject();
        }
    }

    private static void WriteFrame(Utf8JsonWriter json, V8CpuProfile.Node node, int head)
    {
        bool author = SourcePositions.IsFile(node.ScriptName);
        long line = node.LineNumber - 1, column = node.ColumnNumber - 1;
        if (author && line == 0) column = Math.Max(0, column - head);
        json.WriteStartObject("callFrame");
        json.WriteString("functionName", node.FunctionName ?? "");
        json.WriteString("scriptId", node.ScriptId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("url", author ? SourcePositions.File : node.ScriptName ?? "");
        json.WriteNumber("lineNumber", line);
        json.WriteNumber("columnNumber", column);
        json.WriteEndObject();
    }

    private static void WriteChildren(Utf8JsonWriter json, V8CpuProfile.Node node, Stack<V8CpuProfile.Node> left)
    {
        // ClearScript has null for none.
        if (node.ChildNodes is not { Count: > 0 }) return;
        json.WriteStartArray("children");
        foreach (V8CpuProfile.Node child in node.ChildNodes)
        {
            json.WriteNumberValue(child.NodeId);
            left.Push(child);
        }
        json.WriteEndArray();
    }

    private static void WriteTicks(Utf8JsonWriter json, V8CpuProfile.Node node)
    {
        if (node.HitLines is not { Count: > 0 }) return;
        json.WriteStartArray("positionTicks");
        foreach (V8CpuProfile.Node.HitLine hit in node.HitLines)
        {
            json.WriteStartObject();
            json.WriteNumber("line", hit.LineNumber);
            json.WriteNumber("ticks", hit.HitCount);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
