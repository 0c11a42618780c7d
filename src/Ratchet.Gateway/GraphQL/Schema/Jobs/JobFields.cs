using GraphQL.DataLoader;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Recordings;
using Ratchet.Gateway.Jobs;
using Ratchet.Jobs;
using Ratchet.Queues;
using Ratchet.Workers;

namespace Ratchet.Gateway.GraphQL.Schema.Jobs;

/// <summary>Jobs, their executions, logs and events.</summary>
internal static class JobFields
{
    public static readonly ObjectFields<JobView> Job = new("Job")
    {
        { "id", job => NodeId.Of("Job", job.Id.ToString()) },
        { "jobId", job => job.Id.Value },
        { "task", job => job.Task },
        { "taskDetails", (job, call) => call.Task(job.Task) },
        { "version", job => job.TaskVersion },
        { "queue", job => job.Queue },
        { "queueDetails", (job, call) => call.Queue(job.Queue) },
        { "priority", job => job.Priority.Name() },
        { "state", job => job.State.Name() },
        { "attempts", job => job.Attempts },
        { "maxAttempts", job => job.MaxAttempts },
        { "lostWorkers", job => job.LostWorkers },
        { "createdAt", job => job.CreatedAt },
        { "dueAt", job => job.DueAt },
        { "startedAt", job => job.StartedAt },
        { "finishedAt", job => job.FinishedAt },
        { "deadline", job => job.Deadline },
        { "escalateAt", job => job.EscalateAt },
        { "fairnessKey", job => job.FairnessKey },
        { "concurrencyKey", job => job.ConcurrencyKey },
        { "rateKey", job => job.RateKey },
        { "uniqueKey", job => job.UniqueKey },
        { "idempotencyKey", job => job.IdempotencyKey },
        { "node", job => NameOf(job.Node) },
        { "incarnation", job => IncarnationOf(job.Node) },
        { "cached", job => job.CachedFrom is not null },
        { "cachedFrom", job => job.CachedFrom?.Value },
        { "input", (job, call) => job.Input is { } input ? RawJson.Of(input) : Whole(call, job, whole => RawJson.Of(whole.Input)) },
        { "output", (job, call) => job.Output is { } output ? RawJson.Of(output) : job.State == JobState.Completed ? Whole(call, job, whole => RawJson.Of(whole.Output)) : null },
        { "failure", job => job.Failure },
        { "executions", (job, call) => job.Executions.Count > 0 ? job.Executions : call.Executions(job.Id) },
        { "events", (job, call) => call.Call.Events().Load(job.Id.Value) },
        { "why", async (job, call) => await call.Grains.GetGrain<IJobGrain>(job.Id.Value).WhyAsync(call.Tenant) },
    };

    public static readonly ObjectFields<ExecutionView> Execution = new("Execution")
    {
        { "id", run => NodeId.Of("Execution", run.Id.ToString()) },
        { "executionId", run => run.Id },
        { "jobId", run => run.Job.Value },
        { "job", (run, call) => call.Job(run.Job.Value) },
        { "task", (run, call) => OfJob(run, call, whole => whole.Task) },
        { "version", (run, call) => OfJob(run, call, whole => whole.TaskVersion) },
        { "queue", (run, call) => OfJob(run, call, whole => whole.Queue) },
        { "attempt", run => run.Attempt },
        { "outcome", run => run.Outcome },
        { "startedAt", run => run.StartedAt },
        { "finishedAt", run => run.FinishedAt },
        { "node", run => NameOf(run.Node) },
        { "incarnation", run => IncarnationOf(run.Node) },
        { "output", (run, call) => run.Output is { } output ? RawJson.Of(output) : run.Outcome == "COMPLETED" ? new Part<ExecutionView>(call.Call.WholeExecutions().Load(run.Id), whole => RawJson.Of(whole.Output)) : null },
        { "failure", run => run.Failure },
        { "recorded", run => run.Recorded },
        { "recording", (run, call) => run.Recorded ? call.Recording(run.Id, run.Task) : null },
        { "log", (run, call) => run.Log.Count > 0 ? LogLineJson.Of(run) : new Part<ExecutionView>(call.Call.WholeExecutions().Load(run.Id), LogLineJson.Of) },
    };

    public static readonly ObjectFields<Failure> Failure = new("Failure")
    {
        { "kind", failure => failure.Kind.ToString() },
        { "name", failure => failure.Name },
        { "message", failure => failure.Message },
        { "stack", failure => failure.Stack },
        { "details", failure => RawJson.Of(failure.Details) },
    };

    public static readonly ObjectFields<LogLineJson> LogLine = new("LogLine")
    {
        { "executionId", line => line.Execution },
        { "attempt", line => line.Attempt },
        { "line", line => line.Line },
        { "at", line => line.StartedAt + TimeSpan.FromMicroseconds(line.Entry.Offset) },
        { "level", line => line.Entry.Level },
        { "message", line => line.Entry.Message },
        { "cursor", line => LogRequest.IdOf(line.Execution, line.Line) },
    };

    public static readonly ObjectFields<JobEvent> Event = new("JobEvent")
    {
        { "cursor", happened => happened.Cursor.ToString() },
        { "at", happened => happened.At },
        { "jobId", happened => happened.Job.Value },
        { "job", (happened, call) => call.Job(happened.Job.Value) },
        { "task", happened => happened.Task },
        { "queue", happened => happened.Queue },
        { "transition", happened => happened.Transition },
        { "from", happened => happened.From?.Name() },
        { "to", happened => happened.To.Name() },
        { "attempt", happened => happened.Attempt },
        { "actor", happened => NameOf(happened.Actor) },
        { "reason", happened => happened.Reason },
    };

    public static readonly ObjectFields<JobExplanation> Explanation = new("JobExplanation")
    {
        { "cause", why => ExplanationJson.Name(why.Cause) },
        { "text", why => why.Text },
        { "subject", why => why.Cause == WaitCause.Running ? NameOf(why.Subject) : why.Subject },
        { "until", why => why.Until },
        { "holders", why => why.Holders.Select(h => h.Value) },
        { "ahead", why => why.Ahead },
        { "aheadByPriority", why => why.AheadByPriority },
        { "estimate", why => why.Estimate },
    };

    public static string? NameOf(string? node) => node is null ? null : NodeIncarnation.NameOf(node);

    private static string? IncarnationOf(string? node) => NodeIncarnation.Is(node) ? node : null;

    /// <summary>What an execution that is part of its job's view leaves to its job.</summary>
    private static object? OfJob(ExecutionView run, FieldCall call, Func<ExecutionView, object?> read) => run.Task is not null ? read(run) : new Part<ExecutionView>(call.Call.WholeExecutions().Load(run.Id), read);

    private static Part<JobView> Whole(FieldCall call, JobView job, Func<JobView, object?> read) => new(call.Call.WholeJobs().Load(job.Id.Value), read);
}

/// <summary>A part of what is being loaded.</summary>
internal sealed class Part<T>(IDataLoaderResult<T?> whole, Func<T, object?> read) : IDataLoaderResult where T : class
{
    public async Task<object?> GetResultAsync(CancellationToken cancellationToken = default) => await whole.GetResultAsync(cancellationToken) is { } loaded ? read(loaded) : null;
}
