using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Channel;

/// <summary>Something for the execution thread, decoded by the reader thread.</summary>
internal abstract class Work;

internal sealed class LoadWork(LoadFrame frame) : Work
{
    public LoadFrame Frame { get; } = frame;
}

/// <param name="ids">Execution id (36 characters), job id (36, blank when there is none) and the attempt's number: one string crosses into V8 faster than three.</param>
/// <param name="announce">Whether the parent is to be told when the script begins.</param>
/// <param name="trace">Whether the parent wants to know what the run asked of its process.</param>
/// <param name="replay">What the run is to be given; null for what there is.</param>
internal sealed class RunWork(long sequence, string ids, bool validateInput, bool announce, string input, TraceWanted trace = TraceWanted.No, TraceFrame? replay = null) : Work
{
    public long Sequence { get; } = sequence;
    public string Ids { get; } = ids;
    public bool ValidateInput { get; } = validateInput;
    public bool Announce { get; } = announce;
    public string Input { get; } = input;
    public TraceWanted Trace { get; } = trace;
    public TraceFrame? Replay { get; } = replay;

    /// <summary>Whether the parent wants a profile of its processor time.</summary>
    public bool Profile { get; init; }
}

/// <summary>A run that is not executing right now is to end.</summary>
internal sealed class CancelWork(long sequence) : Work
{
    public long Sequence { get; } = sequence;
}

internal sealed class ReplyWork(FetchReplyFrame frame) : Work
{
    public FetchReplyFrame Frame { get; } = frame;
}

internal sealed class SchemaWork(int slot, string schema) : Work
{
    public int Slot { get; } = slot;
    public string Schema { get; } = schema;
}

internal sealed class ValidateWork(long sequence, int slot, string[] inputs) : Work
{
    public long Sequence { get; } = sequence;
    public int Slot { get; } = slot;
    public string[] Inputs { get; } = inputs;
}
