namespace Ratchet.Limiting;

/// <summary>At most <paramref name="Count"/> starts within any <paramref name="Window"/> (a sliding window, not a clock-aligned one).</summary>
/// <param name="Count">1 to <see cref="Limits.RateCount"/>.</param>
/// <param name="Window">1 s to 1 day.</param>
[GenerateSerializer, Immutable, Alias("ratchet.rate-limit")]
public sealed record RateLimit([property: Id(0)] int Count, [property: Id(1)] TimeSpan Window);
