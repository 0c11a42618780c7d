namespace Ratchet.Gateway.OpenApi;

/// <summary>What the parts of the interface are about.</summary>
internal static class ApiTags
{
    public static string MeaningOf(string tag) => tag switch
    {
        "jobs" => "One request to run a task each: submit, read, cancel, retry.",
        "executions" => "Attempts at jobs.",
        "tasks" => "What can be run.",
        "queues" => "Order, pause and fairness of waiting jobs.",
        "limits" => "How many jobs of a key, a queue or a task run at once, and how often they start.",
        "schedules" => "Jobs by the clock.",
        "workers" => "The nodes that run jobs.",
        "bulk" => "Changes of many jobs at once.",
        "health" => "Whether the server lives, and takes work.",
        "events" => "What happened, as it happens.",
        "statistics" => "Numbers over time.",
        "webhooks" => "Events sent to addresses of yours, and what became of each.",
        _ => $"All about {tag}.",
    };
}
