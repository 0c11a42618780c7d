using System.Collections.Frozen;

namespace Ratchet.Webhooks;

/// <summary>The types of events that webhooks are told, as receivers see them: one for each way in which a job can change.</summary>
public static class WebhookEvents
{
    /// <summary>What a test sends. It is no event of a job, and filters do not apply to it.</summary>
    public const string Ping = "webhook.ping";

    private static readonly FrozenDictionary<string, string> ByTransition = new Dictionary<string, string>
    {
        ["enqueue"] = "job.enqueued",
        ["schedule"] = "job.scheduled",
        ["promote"] = "job.promoted",
        ["start"] = "job.started",
        ["complete"] = "job.completed",
        ["retry"] = "job.retrying",
        ["fail"] = "job.failed",
        ["release"] = "job.released",
        ["quarantine"] = "job.quarantined",
        ["cancel"] = "job.cancelled",
        ["expire"] = "job.expired",
        ["redrive"] = "job.redriven",
        ["escalate"] = "job.escalated",
        ["reprioritise"] = "job.reprioritised",
        ["debounce"] = "job.debounced",
        ["delete"] = "job.deleted",
    }.ToFrozenDictionary();

    /// <summary>Every type there is, <see cref="Ping"/> left out.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ByTransition.Values.Order(StringComparer.Ordinal)];

    /// <param name="transition">As events name it (<see cref="Jobs.JobEvent.Transition"/>).</param>
    public static string TypeOf(string transition) => ByTransition.GetValueOrDefault(transition) ?? $"job.{transition}";
}
