namespace Ratchet.Tasks;

/// <summary>Which executions keep a recording, by which they can be run again exactly as they were.</summary>
public enum RecordMode
{
    Never = 0,
    /// <summary>Those that did not complete.</summary>
    OnFailure = 1,
    Always = 2,
}

/// <summary>The modes as metadata and submits write them.</summary>
public static class RecordModes
{
    private static readonly (string Name, RecordMode Value)[] All = [("always", RecordMode.Always), ("onFailure", RecordMode.OnFailure), ("never", RecordMode.Never)];

    public static ReadOnlySpan<(string Name, RecordMode Value)> Words => All;

    public static string Name(this RecordMode mode) => Array.Find(All, word => word.Value == mode).Name;
}
