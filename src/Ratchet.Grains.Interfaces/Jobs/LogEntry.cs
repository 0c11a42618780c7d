namespace Ratchet.Jobs;

/// <summary>One <c>console</c> call of a task.</summary>
/// <param name="Level">debug, info, warn or error.</param>
/// <param name="Offset">Time since the execution's start, in microseconds.</param>
/// <param name="Message">The arguments, formatted as Node's console does.</param>
[GenerateSerializer, Immutable, Alias("ratchet.log-entry")]
public sealed record LogEntry([property: Id(0)] string Level, [property: Id(1)] long Offset, [property: Id(2)] string Message);
