namespace Ratchet.Limiting;

/// <summary>What a limit is for.</summary>
public enum LimitScope
{
    /// <summary>The jobs of a tenant that name this key as their concurrency or rate key.</summary>
    Key = 0,

    /// <summary>All jobs of a queue.</summary>
    Queue = 1,

    /// <summary>All jobs of a task, in whichever queues.</summary>
    Task = 2,
}

/// <summary>A limit that somebody has set. It goes before what jobs say for themselves, and takes effect at once.</summary>
/// <param name="Concurrency">Most that run at once; 0 holds all up; null: no such limit.</param>
/// <param name="Rate">Most starts in a window; null: no such limit.</param>
[GenerateSerializer, Immutable, Alias("ratchet.limit-rule")]
public sealed record LimitRule([property: Id(0)] LimitScope Scope, [property: Id(1)] string Name, [property: Id(2)] int? Concurrency, [property: Id(3)] RateLimit? Rate)
{
    /// <summary>Another one after each change; 0 before it is stored.</summary>
    [Id(4)] public long Revision { get; init; }
}

public static class LimitScopes
{
    public static string Name(this LimitScope scope) => scope switch
    {
        LimitScope.Queue => "QUEUE",
        LimitScope.Task => "TASK",
        _ => "KEY",
    };

    public static bool TryParse(string? text, out LimitScope scope)
    {
        scope = LimitScope.Key;
        switch (text?.ToUpperInvariant())
        {
            case "KEY": return true;
            case "QUEUE": scope = LimitScope.Queue; return true;
            case "TASK": scope = LimitScope.Task; return true;
            default: return false;
        }
    }
}
