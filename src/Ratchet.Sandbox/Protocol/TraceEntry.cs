namespace Ratchet.Sandbox.Protocol;

/// <summary>What a script asked of its host, or was told by it. What was said in an HTTP call is not here: the node has that.</summary>
public enum TraceKind : byte
{
    /// <summary>Read the wall clock; the value is in milliseconds since 1970.</summary>
    Time = 1,
    /// <summary>Read the clock that counts from the run's start; the value is in microseconds.</summary>
    Clock = 2,
    /// <summary>Asked for the seed of <c>Math.random</c>; no value.</summary>
    Seed = 3,
    /// <summary>Asked for random bytes; the value is how many.</summary>
    Random = 4,
    /// <summary>Set the next timer; the value is its delay in milliseconds.</summary>
    SetTimer = 5,
    /// <summary>Cleared the timer of that number.</summary>
    ClearTimer = 6,
    /// <summary>The timer of that number fired.</summary>
    Timer = 7,
    /// <summary>Made the HTTP call of that number, and went on.</summary>
    Fetch = 8,
    /// <summary>The HTTP call of that number was answered.</summary>
    Reply = 9,
    /// <summary>Made the HTTP call of that number, and waited for its answer.</summary>
    FetchNow = 10,
    /// <summary>Gave up the HTTP call of that number.</summary>
    Abort = 11,
}

/// <summary>One entry, in the order in which they happened.</summary>
/// <param name="Count">How often in a row, with the same value; from 1.</param>
public readonly record struct TraceEntry(TraceKind Kind, long Value, int Count = 1);
