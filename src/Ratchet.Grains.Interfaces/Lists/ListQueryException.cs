namespace Ratchet.Lists;

/// <summary>A list cannot be asked for so: a field, an operator, a value or a cursor is wrong, or the tree is too large.</summary>
[GenerateSerializer, Alias("ratchet.list-query-exception")]
public sealed class ListQueryException(string message, string? field = null) : RatchetException(message)
{
    /// <summary>Name of the field that it is about; null when it is about the whole.</summary>
    [Id(0)] public string? Field { get; } = field;
}

/// <summary>The list was given up because reading it took longer than <c>Storage:ListSeconds</c>.</summary>
[GenerateSerializer, Alias("ratchet.list-too-costly-exception")]
public sealed class ListTooCostlyException(string message) : RatchetException(message)
{
    public static ListTooCostlyException After(int seconds) =>
        new($"Reading this list took more than {seconds} s: narrow it by state, queue or time, or take the list's own order, which costs least.");
}
