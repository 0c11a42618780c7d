using Ratchet.Limiting;
using Ratchet.Preconditions;

namespace Ratchet.Storage.Controls;

internal static class LimitRows
{
    public static LimitRule Read(string scope, string name, int? concurrency, int? rateCount, long? rateWindowMs, long revision) => new(
        LimitScopes.TryParse(scope, out LimitScope parsed) ? parsed : throw new FormatException($"'{scope}' is not a limit's scope."),
        name,
        concurrency,
        rateCount is { } count && rateWindowMs is { } window ? new RateLimit(count, TimeSpan.FromMilliseconds(window)) : null) { Revision = revision };

    /// <summary>The statement that sets a limit when what a client knows of it holds.</summary>
    public static string Put(Precondition? only) => only switch
    {
        null => "controls.PutLimit",
        { Absent: true } => "controls.AddLimit",
        _ => "controls.ReviseLimit",
    };

    /// <summary>The least of a limit that is set now: it was deleted before, perhaps, and then had a smaller one.</summary>
    public static long Revision(DateTimeOffset now) => (now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static string Named(LimitScope scope, string name) => $"limit of the {scope.Name().ToLowerInvariant()} '{name}'";
}
