namespace Ratchet.Execution.Recordings;

/// <summary>The files of a recording's folder.</summary>
public static class RecordingFiles
{
    /// <summary>Task, times and outcome.</summary>
    public const string Summary = "recording.json";
    public const string Input = "input.json";
    /// <summary>There when the execution completed.</summary>
    public const string Output = "output.json";
    /// <summary>There when it failed.</summary>
    public const string Failure = "failure.json";
    /// <summary>One JSON object a line: <c>{level, offsetUs, message}</c>.</summary>
    public const string Log = "log.ndjson";
    /// <summary>HTTP Archive 1.2.</summary>
    public const string Http = "http.har";
    /// <summary>What the script asked of its process, in order; see <see cref="RunTrace"/>.</summary>
    public const string Trace = "trace.json";
}
