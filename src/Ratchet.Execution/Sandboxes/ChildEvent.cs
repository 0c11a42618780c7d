using Ratchet.Execution.Recordings;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>A decoded frame of a child.</summary>
/// <param name="Sequence">Of Started, Pending and NotStarted.</param>
/// <param name="Result">Of Result.</param>
/// <param name="Other">Of Result its <see cref="RunTrace"/>, and what the other types carry: <see cref="FetchCallFrame"/>, <see cref="FetchAbortFrame"/>, <see cref="ProfileFrame"/>, <see cref="LogFrame"/>, <see cref="ValidatedFrame"/>, the problems of Loaded.</param>
internal readonly record struct ChildEvent(FrameType Type, long Sequence, ResultFrame Result, object? Other)
{
    // Rounds up what a child may say with one line more: that its log is full.
    private const int MostLogLines = Limits.LogLines + 1;

    /// <exception cref="FrameException">No child of this version says that.</exception>
    public static ChildEvent Read(ReadOnlySpan<byte> body)
    {
        var from = new FrameReader(body);
        FrameType type = from.Type();
        switch (type)
        {
            case FrameType.Result:
                var result = ResultFrame.Read(ref from, MostLogLines);
                return new ChildEvent(type, 0, result, result.Trace is { } trace ? RunTrace.Of(trace) : null);
            case FrameType.Started or FrameType.Pending or FrameType.NotStarted:
                long sequence = from.Int64();
                from.End();
                return new ChildEvent(type, sequence, default, null);
            case FrameType.Loaded: return new ChildEvent(type, 0, default, LoadedFrame.Read(ref from));
            case FrameType.FetchCall: return new ChildEvent(type, 0, default, FetchCallFrame.Read(ref from));
            case FrameType.FetchAbort: return new ChildEvent(type, 0, default, FetchAbortFrame.Read(ref from));
            case FrameType.Profile: return new ChildEvent(type, 0, default, ProfileFrame.Read(ref from));
            case FrameType.Log: return new ChildEvent(type, 0, default, LogFrame.Read(ref from, MostLogLines));
            case FrameType.Validated: return new ChildEvent(type, 0, default, ValidatedFrame.Read(ref from));
            case FrameType.Hello:
                int version = from.Int32();
                from.End();
                return version == FrameLimits.Version ? new ChildEvent(type, 0, default, null)
                    : throw new FrameException($"the sandbox speaks version {version} of the protocol, this node version {FrameLimits.Version}");
            default: throw new FrameException($"a frame of type {(int)type} is not for a node");
        }
    }
}
