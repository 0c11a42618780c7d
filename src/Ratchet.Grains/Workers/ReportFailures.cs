using Ratchet.Jobs;

namespace Ratchet.Grains.Workers;

internal static class ReportFailures
{
    /// <summary>The store refuses an end for what is in it. Its text is not repeated: it may be what cannot be stored.</summary>
    public static Failure NotStorable(Exception error) => new(
        FailureKind.InvalidOutput, nameof(FailureKind.InvalidOutput), $"The attempt's result could not be stored ({error.GetType().Name}); the server's log says why.");
}
