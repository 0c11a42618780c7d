namespace Ratchet.Execution.Packages;

/// <summary>Something wrong in a task's folder.</summary>
/// <param name="File">Relative to the folder: <c>main.js</c>, <c>tests/one.json</c>.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Column">From 1; 0 when unknown.</param>
/// <param name="Message">One clear sentence.</param>
public sealed record TaskProblem(string File, int Line, int Column, string Message)
{
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : Column == 0 ? $"{File}:{Line}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
