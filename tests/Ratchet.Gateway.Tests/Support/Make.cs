using Ratchet.Jobs;
using Ratchet.Limiting;
using Ratchet.Queues;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tests.Support;

/// <summary>Things that grains answer with.</summary>
internal static class Make
{
    public const string Id = "0197c2a4-5b1e-7c60-8d3a-1f2e3d4c5b6a";

    public static readonly JobId JobId = new(Guid.Parse(Id));

    public static JobView Job(JobState state) => new()
    {
        Id = JobId,
        Tenant = "default",
        Task = "addition",
        TaskVersion = "1.0.0",
        Queue = "default",
        Priority = JobPriority.Normal,
        State = state,
        Attempts = 0,
        MaxAttempts = 3,
        LostWorkers = 0,
        CreatedAt = GatewayStandIn.Now,
    };

    public static QueueView Queue(WorkMode mode) => new(
        "mails", mode, new Dictionary<JobState, long> { [JobState.Queued] = 7 }, new QueueStats(5, 2, 1, true, GatewayStandIn.Now, mode, 3, 1),
        new LimitRule(LimitScope.Queue, "mails", 4, new RateLimit(10, TimeSpan.FromSeconds(90))), new Dictionary<string, double> { ["gold"] = 2.5 });

    public static TaskView Task(TaskGate gate) => new()
    {
        Enabled = true,
        CreatedAt = GatewayStandIn.Now,
        Gate = gate,
        Current = new TaskPackage
        {
            Name = "addition",
            Uuid = Guid.Parse(Id),
            Version = "1.0.0",
            Label = "",
            Description = "",
            Digest = "",
            Metadata = "{}",
            InputSchema = "{}",
            OutputSchema = "{}",
            MainJs = "",
            Execution = new TaskExecutionOptions(),
            Retry = new RetryPolicy(),
            Source = "",
        },
    };

    public static TaskVersionDetails Version(string version, bool current = true) => new(
        new TaskVersionView
        {
            Reference = new TaskReference("addition", version, "d1"),
            Uuid = Guid.Parse(Id),
            Label = "Addition",
            Description = "Adds.",
            Current = current,
            Enabled = true,
            Source = "upload by client",
            CreatedAt = GatewayStandIn.Now,
            CreatedBy = "client",
        },
        Task(TaskGate.Open).Current with { Version = version, MainJs = "(x => x)", Metadata = """{"version":"1.0.0"}""" });
}
