using System.Collections.Concurrent;
using Ratchet.Sandbox.Schemas;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Validation;

/// <summary>
/// Accepts inputs whose match can be seen without the validating process: a plain schema, and a call so small that the caller's thread can look through it. What is in another process costs a
/// message each way and an entry into V8 for every input. See docs/adr/0024.
/// </summary>
internal sealed class InputShapes
{
    private const int MostBytes = 256 << 10;

    /// <summary>Schemas that are remembered; beyond it all are forgotten, and read again.</summary>
    private const int MostSchemas = 1_000;

    private readonly ConcurrentDictionary<string, SchemaShape?> shapes = new(StringComparer.Ordinal);

    /// <summary>True when each input is JSON that matches. False says nothing: the validator has to look.</summary>
    public bool AcceptAll(TaskPackage package, IReadOnlyList<ReadOnlyMemory<byte>> inputs)
    {
        if (!shapes.TryGetValue(package.Digest, out SchemaShape? shape))
        {
            if (shapes.Count >= MostSchemas) shapes.Clear();
            shapes[package.Digest] = shape = ShapeReader.TryRead(package.InputSchema);
        }
        if (shape is null) return false;
        long bytes = 0;
        foreach (ReadOnlyMemory<byte> input in inputs) if ((bytes += input.Length) > MostBytes) return false;
        foreach (ReadOnlyMemory<byte> input in inputs) if (!shape.Matches(input.Span)) return false;
        return true;
    }
}
