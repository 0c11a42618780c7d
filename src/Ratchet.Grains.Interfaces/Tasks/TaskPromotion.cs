namespace Ratchet.Tasks;

/// <summary>A version that became its task's current one.</summary>
/// <param name="Sequence">From 1, in order.</param>
/// <param name="Actor">Who made it so: <c>client</c>, or <c>source</c> and the place that it was loaded from.</param>
[GenerateSerializer, Immutable, Alias("ratchet.task-promotion")]
public sealed record TaskPromotion(
    [property: Id(0)] long Sequence,
    [property: Id(1)] string Version,
    [property: Id(2)] string Digest,
    [property: Id(3)] PromotionKind Kind,
    [property: Id(4)] string Actor,
    [property: Id(5)] DateTimeOffset At);

/// <summary>How a version became current.</summary>
public enum PromotionKind
{
    /// <summary>By being stored.</summary>
    Stored = 0,
    /// <summary>Somebody chose it.</summary>
    Promoted = 1,
    /// <summary>Somebody gave up the one that was current.</summary>
    RolledBack = 2,
}

/// <summary>The kinds as the store, REST and the command line write them.</summary>
public static class PromotionKinds
{
    private static readonly (string Name, PromotionKind Kind)[] All = [("STORED", PromotionKind.Stored), ("PROMOTED", PromotionKind.Promoted), ("ROLLED_BACK", PromotionKind.RolledBack)];

    public static string Name(this PromotionKind kind) => Array.Find(All, word => word.Kind == kind).Name;

    public static PromotionKind Parse(string name) => Array.Find(All, word => word.Name == name).Kind;
}
