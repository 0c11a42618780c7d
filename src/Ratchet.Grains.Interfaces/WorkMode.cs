namespace Ratchet;

/// <summary>Whether a queue, a task or a worker node takes work and does it.</summary>
public enum WorkMode
{
    /// <summary>Takes work and does it.</summary>
    Active = 0,

    /// <summary>Takes jobs and keeps them; starts none. What runs goes on.</summary>
    Paused = 1,

    /// <summary>Takes no more jobs (submits are refused with 409); what it has is done.</summary>
    Draining = 2,
}

public static class WorkModes
{
    internal static IReadOnlyList<(string, Lists.FieldValue)> Words => [.. Enum.GetValues<WorkMode>().Select(m => (m.Name(), Lists.FieldValue.Of(m.Name())))];

    public static string Name(this WorkMode mode) => mode switch
    {
        WorkMode.Paused => "PAUSED",
        WorkMode.Draining => "DRAINING",
        _ => "ACTIVE",
    };

    /// <exception cref="FormatException">The name is none of the known modes.</exception>
    public static WorkMode Parse(string name) => name switch
    {
        "ACTIVE" => WorkMode.Active,
        "PAUSED" => WorkMode.Paused,
        "DRAINING" => WorkMode.Draining,
        _ => throw new FormatException($"'{name}' is not a mode; known are ACTIVE, PAUSED, DRAINING."),
    };
}
