using Ratchet.Limiting;

namespace Ratchet.Storage.Controls;

internal static class LimitRows
{
    public static LimitRule Read(string scope, string name, int? concurrency, int? rateCount, long? rateWindowMs) => new(
        LimitScopes.TryParse(scope, out LimitScope parsed) ? parsed : throw new FormatException($"'{scope}' is not a limit's scope."),
        name,
        concurrency,
        rateCount is { } count && rateWindowMs is { } window ? new RateLimit(count, TimeSpan.FromMilliseconds(window)) : null);
}
