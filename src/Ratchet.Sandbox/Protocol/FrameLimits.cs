namespace Ratchet.Sandbox.Protocol;

/// <summary>The bounds of the protocol between a node and its sandbox processes. Both sides hold the other to them.</summary>
internal static class FrameLimits
{
    /// <summary>Raised with every change of a frame; a child of another version is refused at its Hello.</summary>
    public const int Version = 7;

    /// <summary>Bytes before each body: its length, little-endian.</summary>
    public const int HeaderBytes = 4;

    /// <summary>Largest body that a parent sends: a task's three texts of 4 MiB each and their lengths.</summary>
    public const int ToChildBytes = 16 << 20;

    /// <summary>Largest body that a child sends: an output or a request body of 1 to 4 MiB with log, message and stack.</summary>
    public const int ToParentBytes = 8 << 20;

    /// <summary>Largest body of a script's request, in bytes.</summary>
    public const int FetchRequestBytes = 4 << 20;

    /// <summary>Most header lines in a script's request.</summary>
    public const int FetchHeaders = 100;

    /// <summary>Most characters of a request's method, URL and headers together.</summary>
    public const int FetchHeadChars = 64 << 10;

    /// <summary>Most bytes of the bodies of a process's requests that wait for an answer: the node holds them.</summary>
    public const int FetchOpenBytes = 32 << 20;

    /// <summary>Most fetch calls of one process that wait for an answer.</summary>
    public const int FetchCalls = 256;

    /// <summary>Most runs of one process that wait at an await.</summary>
    public const int PendingRuns = 128;

    /// <summary>Most bytes of what one run asked of its process; each entry takes at least two.</summary>
    public const int TraceBytes = 256 << 10;

    /// <summary>Bytes of what a run's random numbers come from.</summary>
    public const int SeedBytes = 32;

    /// <summary>Largest part of a profile in one frame.</summary>
    public const int ProfilePartBytes = 1 << 20;

    /// <summary>Largest profile of a run; a larger one is not sent.</summary>
    public const int ProfileBytes = 64 << 20;

    /// <summary>Most schemas that one process keeps compiled.</summary>
    public const int SchemaSlots = 64;

    /// <summary>Most inputs in one Validate frame.</summary>
    public const int ValidateInputs = 64;

    /// <summary>Most problems in one Loaded frame.</summary>
    public const int Problems = 20;

    /// <summary>Most errors reported of one value.</summary>
    public const int SchemaErrors = 20;
}
