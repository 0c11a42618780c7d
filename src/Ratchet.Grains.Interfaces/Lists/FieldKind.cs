namespace Ratchet.Lists;

/// <summary>What a field of a list holds, and so what it can be compared with.</summary>
public enum FieldKind
{
    /// <summary>Any text; compared by the bytes of its UTF-8.</summary>
    Text = 0,

    /// <summary>One of a few words, without an order between them: a state, an outcome.</summary>
    Word = 1,

    /// <summary>One of a few words that stand for numbers, from low to high: a priority.</summary>
    Level = 2,

    /// <summary>A whole number.</summary>
    Number = 3,

    /// <summary>A point in time, in whole microseconds.</summary>
    Instant = 4,

    /// <summary>A UUID; compared by its bytes.</summary>
    Id = 5,

    /// <summary>True or false.</summary>
    Flag = 6,
}
