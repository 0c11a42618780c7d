namespace Ratchet.Gateway.Hosting;

/// <summary>The verbs that set the mode of a queue or a task.</summary>
internal static class WorkModePaths
{
    /// <summary>A verb and the mode that it leads to.</summary>
    public static readonly IReadOnlyList<(string Verb, WorkMode Mode)> All = [("pause", WorkMode.Paused), ("resume", WorkMode.Active), ("drain", WorkMode.Draining)];
}
