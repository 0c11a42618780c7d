namespace Ratchet.Tasks;

/// <summary>Whether a version that is stored becomes its task's current one. A task's first version always does.</summary>
public enum PromotionRule
{
    /// <summary>When its content is new and its version is higher, by SemVer, than the current one. So what was rolled back stays so, however often its source is read.</summary>
    IfNewer = 0,

    /// <summary>Whatever its version is, and whether it is new or not.</summary>
    Always = 1,

    /// <summary>Not by being stored.</summary>
    Never = 2,

    /// <summary>
    /// As <see cref="Always"/>, and other content of a version that is stored already is taken for a revision of it, <c>1.2.0+r2</c>, instead of refused: for authors at work.
    /// </summary>
    Follow = 3,
}
