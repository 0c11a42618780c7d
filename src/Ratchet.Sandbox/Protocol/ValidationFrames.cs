namespace Ratchet.Sandbox.Protocol;

/// <summary>Inputs to hold against the schema in a slot.</summary>
internal static class ValidateFrame
{
    public static void Write(FrameWriter to, long sequence, int slot, ReadOnlySpan<ReadOnlyMemory<byte>> inputs)
    {
        to.Begin(FrameType.Validate);
        to.Int64(sequence);
        to.Int32(slot);
        to.Int32(inputs.Length);
        foreach (ReadOnlyMemory<byte> input in inputs) to.Bytes(input.Span);
        to.End();
    }
}

/// <summary>
/// The answer to Validate: for each input null when it is valid, else a JSON array of <c>{pointer, keyword, message}</c>.
/// <see cref="SchemaProblem"/> is set instead when the schema itself cannot be used.
/// </summary>
internal sealed record ValidatedFrame(long Sequence, string? SchemaProblem, string?[] Errors)
{
    public void Write(FrameWriter to)
    {
        to.Begin(FrameType.Validated);
        to.Int64(Sequence);
        to.OptionalText(SchemaProblem);
        to.Int32(Errors.Length);
        foreach (string? errors in Errors) to.OptionalText(errors);
        to.End();
    }

    public static ValidatedFrame Read(ref FrameReader from)
    {
        long sequence = from.Int64();
        string? problem = from.OptionalText();
        var errors = new string?[from.Count(FrameLimits.ValidateInputs)];
        for (int i = 0; i < errors.Length; i++) errors[i] = from.OptionalText();
        from.End();
        return new ValidatedFrame(sequence, problem, errors);
    }
}
