namespace Ratchet.Gateway.Hosting;

/// <summary>The verbs that set the mode of a queue or a task.</summary>
internal static class WorkModePaths
{
    /// <summary>A verb and the mode that it leads to.</summary>
    public static readonly IReadOnlyList<(string Verb, WorkMode Mode)> All = [("pause", WorkMode.Paused), ("resume", WorkMode.Active), ("drain", WorkMode.Draining)];

    /// <summary>To be read before what it is done to.</summary>
    public static string Meaning(WorkMode mode) => mode switch
    {
        WorkMode.Paused => "Start no more jobs of",
        WorkMode.Draining => "Take no more jobs into",
        _ => "Take and start jobs again of",
    };
}
