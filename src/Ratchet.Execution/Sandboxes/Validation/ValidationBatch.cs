using System.Text.Json;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Validation;

/// <summary>The inputs of one ValidateInputsAsync call, and what has been found out about them. Guarded by the validator's lock.</summary>
internal sealed class ValidationCall(TaskPackage package, IReadOnlyList<ReadOnlyMemory<byte>> inputs)
{
    private readonly IReadOnlyList<SchemaError>?[] results = new IReadOnlyList<SchemaError>?[inputs.Count];
    private int left = inputs.Count;

    public TaskPackage Package { get; } = package;
    public IReadOnlyList<ReadOnlyMemory<byte>> Inputs { get; } = inputs;
    public TaskCompletionSource<IReadOnlyList<IReadOnlyList<SchemaError>?>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many of its inputs have ended the process; a caller who sends many hostile ones is not served to the end.</summary>
    public int Hostile { get; set; }

    public void Set(int index, IReadOnlyList<SchemaError>? errors)
    {
        results[index] = errors;
        if (--left == 0) Done.TrySetResult(results);
    }
}

/// <summary>Some inputs of a call, sent as one frame.</summary>
internal sealed record ValidationBatch(ValidationCall Call, int First, int Count)
{
    private const int MostBytes = 256 << 10;

    /// <summary>Cuts a call into frames that take milliseconds each, so that one deadline fits all.</summary>
    public static IEnumerable<ValidationBatch> Cut(ValidationCall call)
    {
        for (int first = 0, count; first < call.Inputs.Count; first += count)
        {
            int bytes = 0;
            for (count = 0; first + count < call.Inputs.Count && count < Ratchet.Sandbox.Protocol.FrameLimits.ValidateInputs; count++)
            {
                bytes += call.Inputs[first + count].Length;
                if (count > 0 && bytes > MostBytes) break;
            }
            yield return new ValidationBatch(call, first, count);
        }
    }

    public IEnumerable<ValidationBatch> Singles() => Enumerable.Range(First, Count).Select(index => new ValidationBatch(Call, index, 1));

    public void SetAll(string message)
    {
        for (int i = 0; i < Count; i++) Call.Set(First + i, [new SchemaError("", "", message)]);
    }

    /// <exception cref="JsonException">What the child sent is not a list of errors.</exception>
    public void SetResults(string?[] errors)
    {
        for (int i = 0; i < Count; i++) Call.Set(First + i, errors[i] is { } text ? Parse(text) : null);
    }

    private static SchemaError[] Parse(string errors)
    {
        using JsonDocument document = JsonDocument.Parse(errors);
        return [.. document.RootElement.EnumerateArray().Select(error => new SchemaError(Text(error, "pointer"), Text(error, "keyword"), Text(error, "message")))];
    }

    private static string Text(JsonElement error, string name) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new JsonException();
}
