using System.Text.Json;
using Ratchet.Gateway.Hosting;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Workers;

namespace Ratchet.Gateway.Jobs;

/// <summary>Why a job does not run, as JSON.</summary>
internal static class ExplanationJson
{
    public static void Write(Utf8JsonWriter json, JobExplanation why)
    {
        json.WriteStartObject();
        json.WriteString("cause", Name(why.Cause));
        json.WriteString("text", why.Text);
        if (why.Subject is not null) json.WriteString("subject", why.Cause == WaitCause.Running ? NodeIncarnation.NameOf(why.Subject) : why.Subject);
        json.WriteInstant("until", why.Until);
        json.WriteTexts("holders", why.Holders.Select(h => h.ToString()));
        if (why.Ahead is { } ahead) json.WriteNumber("ahead", ahead);
        if (why.AheadByPriority is { } above) json.WriteNumber("aheadByPriority", above);
        json.WriteInstant("estimate", why.Estimate);
        json.WritePropertyName("job");
        JobJson.Write(json, why.Job);
        json.WriteEndObject();
    }

    internal static string Name(WaitCause cause) => cause switch
    {
        WaitCause.RunAt => "RUN_AT",
        WaitCause.Backoff => "BACKOFF",
        WaitCause.QueuePaused => "QUEUE_PAUSED",
        WaitCause.TaskPaused => "TASK_PAUSED",
        WaitCause.CircuitOpen => "CIRCUIT_OPEN",
        WaitCause.KeyLimit => "KEY_LIMIT",
        WaitCause.TaskLimit => "TASK_LIMIT",
        WaitCause.QueueLimit => "QUEUE_LIMIT",
        WaitCause.RateLimit => "RATE_LIMIT",
        WaitCause.NoNode => "NO_NODE",
        WaitCause.NoRoom => "NO_ROOM",
        WaitCause.Behind => "BEHIND",
        WaitCause.Running => "RUNNING",
        WaitCause.Ended => "ENDED",
        WaitCause.Starting => "STARTING",
        _ => "NONE",
    };
}
