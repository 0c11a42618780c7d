using Ratchet.Lists;

namespace Ratchet.Limiting;

/// <summary>What lists of limits can be filtered and sorted by.</summary>
public enum LimitField
{
    /// <summary>Scope and name together, which no two limits share: <c>key/customer-42</c>.</summary>
    Id,
    Scope,
    Name,
    Set,
    Concurrency,
    Held,
    Started,
}

public static class LimitList
{
    /// <summary>By scope and name, unless asked otherwise.</summary>
    public static ListSchema<LimitField, LimitView> Schema { get; } = new("limits", LimitField.Id, new ListSort<LimitField>(LimitField.Id, Descending: false),
    [
        new(LimitField.Id, "id", FieldKind.Text, limit => FieldValue.Of($"{Word(limit.Scope)}/{limit.Name}")),
        new(LimitField.Scope, "scope", FieldKind.Word, limit => FieldValue.Of(Word(limit.Scope))) { Words = [.. Enum.GetValues<LimitScope>().Select(s => (Word(s), FieldValue.Of(Word(s))))] },
        new(LimitField.Name, "name", FieldKind.Text, limit => FieldValue.Of(limit.Name)),
        new(LimitField.Set, "set", FieldKind.Flag, limit => FieldValue.Of(limit.Rule is not null)),
        new(LimitField.Concurrency, "concurrency", FieldKind.Number, limit => limit.Concurrency is { } most ? FieldValue.Of((long)most) : null) { Optional = true },
        new(LimitField.Held, "held", FieldKind.Number, limit => FieldValue.Of((long)limit.Held)),
        new(LimitField.Started, "started", FieldKind.Number, limit => FieldValue.Of((long)limit.Started)),
    ]);

    /// <summary>A scope as paths and answers spell it.</summary>
    private static string Word(LimitScope scope) => scope switch
    {
        LimitScope.Queue => "queue",
        LimitScope.Task => "task",
        _ => "key",
    };
}
