using System.Text.Json;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Submissions;
using Ratchet.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Gateway.GraphQL.Schema.Jobs;

internal static class JobMutations
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(30);

    public static readonly RootFields Fields = new("Mutation")
    {
        { "submitJob", call => Mutating.DoAsync(call, async () => PayloadOf(await SubmitAsync(call, Read(call.Object("input")!, call))), ("existing", false)) },
        { "submitJobs", call => Mutating.DoAsync(call, async () => await SubmitManyAsync(call), ("results", Array.Empty<Payload>())) },
        { "executeTask", call => Mutating.DoAsync(call, async () => await ExecuteAsync(call), ("existing", false), ("finished", false)) },
        { "cancelJob", call => Mutating.DoAsync(call, async () => await CancelAsync(call)) },
        { "retryJob", call => Mutating.DoAsync(call, async () => new Payload(("job", await Grain(call).RedriveAsync(call.Tenant, call.Call.Caller.Principal, Key(call)) ?? throw Unknown(call)))) },
        { "setJobPriority", call => Mutating.DoAsync(call, async () => await PrioritiseAsync(call)) },
        { "deleteJob", call => Mutating.DoAsync(call, async () => await DeleteAsync(call)) },
    };

    /// <summary>The key that a mutation is repeated under.</summary>
    public static string? Key(FieldCall call)
    {
        string? key = call.Arg<string>("idempotencyKey");
        return key is null || EntityName.IsText(key)
            ? key
            : throw new ProblemException(Problem.InvalidField("/idempotencyKey", $"idempotencyKey must have 1 to {Limits.NameChars} characters and no control characters."));
    }

    private static Submission Read(IReadOnlyDictionary<string, object?> input, FieldCall call) => SubmitRequest.Read(InputJson.Of(InputJson.Job(input))) with { TraceParent = call.Call.TraceParent };

    private static async Task<SubmitResult> SubmitAsync(FieldCall call, Submission submission)
    {
        SubmitReply reply = await call.Grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(call.Tenant, [submission], call.Cancel);
        SubmitResult result = reply.Results[0];
        return result.Rejection is null ? result with { Job = result.Job! with { Input = result.Job.Input ?? submission.Input } } : throw new ProblemException(Rejections.ProblemOf(result));
    }

    private static Payload PayloadOf(SubmitResult result) => new(("job", result.Job), ("existing", result.Existing));

    private static async Task<Payload> SubmitManyAsync(FieldCall call)
    {
        IReadOnlyList<object?> inputs = call.List("input");
        if (inputs.Count > Limits.SubmitBatch) throw new ProblemException(Problem.InvalidField("/input", $"At most {Limits.SubmitBatch} jobs go in one call."));
        var answers = new Payload[inputs.Count];
        var good = new List<(int Index, Submission Job)>(inputs.Count);
        for (int i = 0; i < inputs.Count; i++)
        {
            try
            {
                good.Add((i, Read((IReadOnlyDictionary<string, object?>)inputs[i]!, call)));
            }
            catch (ProblemException e)
            {
                answers[i] = Payload.Refused(e.Problem, ("existing", false));
            }
        }

        if (good.Count > 0)
        {
            SubmitReply reply = await call.Grains.GetGrain<ISubmissionGrain>(0).SubmitAsync(call.Tenant, [.. good.Select(g => g.Job)], call.Cancel);
            foreach ((SubmitResult result, (int index, Submission job)) in reply.Results.Zip(good))
                answers[index] = result.Rejection is null ? PayloadOf(result with { Job = result.Job! with { Input = result.Job.Input ?? job.Input } }) : Payload.Refused(Rejections.ProblemOf(result), ("existing", false));
        }

        return new Payload(("results", answers));
    }

    private static async Task<Payload> ExecuteAsync(FieldCall call)
    {
        TimeSpan wait = call.Arg<TimeSpan?>("wait") ?? DefaultWait;
        if (wait <= TimeSpan.Zero || wait > TimeSpan.FromSeconds(Limits.WaitSeconds)) throw new ProblemException(Problem.InvalidField("/wait", $"wait must be more than zero, and at most {Limits.WaitSeconds} seconds."));
        call.Call.Waits?.Invoke(wait);
        SubmitResult result = await SubmitAsync(call, Read(call.Object("input")!, call) with { Watched = true });
        JobView job = await JobWaiting.WaitAsync(call.Grains, call.Tenant, result.Job!, told: !result.Existing, wait, call.Call.Services.Time, call.Call.Services.Stopping, call.Cancel);
        return new Payload(("job", job), ("finished", job.State.IsTerminal()), ("existing", result.Existing));
    }

    private static async Task<Payload> CancelAsync(FieldCall call)
    {
        string? reason = CancelRequest.Read(call.Arg<string>("reason") is { } text ? JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["reason"] = text }) : "{}"u8);
        JobCancelled done = await Grain(call).CancelAsync(call.Tenant, call.Call.Caller.Principal, reason) ?? throw Unknown(call);
        return new Payload(("job", done.Job), ("was", done.Was.Name()), ("interrupted", done.Interrupted));
    }

    private static async Task<Payload> PrioritiseAsync(FieldCall call)
    {
        JobPriority priority = JobPriorities.TryParse(call.Arg<string>("priority"), out JobPriority known) ? known : JobPriority.Normal;
        return new Payload(("job", await Grain(call).ReprioritiseAsync(call.Tenant, priority, call.Call.Caller.Principal) ?? throw Unknown(call)));
    }

    private static async Task<Payload> DeleteAsync(FieldCall call)
    {
        if (!await Grain(call).DeleteAsync(call.Tenant, call.Call.Caller.Principal)) throw Unknown(call);
        return new Payload(("deletedId", NodeId.Of("Job", Id(call))));
    }

    private static string Id(FieldCall call) => NodeId.KeyOf("Job", call.Arg<string>("id")!);

    private static IJobGrain Grain(FieldCall call) => call.Grains.GetGrain<IJobGrain>(JobPath.Id(Id(call)).Value);

    private static ProblemException Unknown(FieldCall call) => JobPath.Unknown(Id(call));
}
