using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Gateway.Schedules;
using Ratchet.Schedules;

namespace Ratchet.Gateway.GraphQL.Schema.Schedules;

internal static class ScheduleMutations
{
    /// <summary>Of a change, when others change the schedule too.</summary>
    private const int MostTries = 10;

    public static readonly RootFields Fields = new("Mutation")
    {
        { "createSchedule", call => Mutating.DoAsync(call, async () => await CreateAsync(call)) },
        { "updateSchedule", call => Mutating.DoAsync(call, async () => await UpdateAsync(call)) },
        { "replaceSchedule", call => Mutating.DoAsync(call, async () => await ReplaceAsync(call)) },
        { "deleteSchedule", call => Mutating.DoAsync(call, async () => await DeleteAsync(call)) },
        { "enableSchedule", call => Mutating.DoAsync(call, async () => Answer(await Grain(call).EnableAsync(true))) },
        { "disableSchedule", call => Mutating.DoAsync(call, async () => Answer(await Grain(call).EnableAsync(false))) },
        { "triggerSchedule", call => Mutating.DoAsync(call, async () => new Payload(("fire", await Grain(call).TriggerAsync(JobMutations.Key(call))))) },
        { "startBackfill", call => Mutating.DoAsync(call, async () => await BackfillAsync(call)) },
        { "moveBackfill", call => Mutating.DoAsync(call, async () => new Payload(("backfill", await Grain(call).MoveBackfillAsync(call.Arg<Guid>("backfillId"), Verb(call))))) },
    };

    private static async Task<Payload> CreateAsync(FieldCall call)
    {
        ScheduleDefinition definition = ScheduleRequest.Read(InputJson.Of(call.Object("input")!), null);
        return Answer((await call.Grains.GetGrain<IScheduleGrain>(new ScheduleKey(call.Tenant, definition.Id).GrainKey).CreateAsync(definition)).Schedule);
    }

    private static Task<Payload> UpdateAsync(FieldCall call)
    {
        if (call.Object("patch") is not { } patch) throw new ProblemException(Problem.InvalidField("/patch", "patch must be an object."));
        byte[] body = InputJson.Of(patch);
        return ChangeAsync(call, known => SchedulePatch.Apply(known, body));
    }

    private static Task<Payload> ReplaceAsync(FieldCall call)
    {
        byte[] body = InputJson.Of(call.Object("input")!);
        return ChangeAsync(call, known => ScheduleRequest.Read(body, Id(call), known.Definition.Enabled));
    }

    /// <summary>Works the new definition out of the one that is there, and again when somebody else changes it meanwhile.</summary>
    private static async Task<Payload> ChangeAsync(FieldCall call, Func<ScheduleView, ScheduleDefinition> change)
    {
        for (int tries = 0; tries < MostTries; tries++)
        {
            ScheduleView known = await ScheduleFields.GetAsync(call, Id(call)) ?? throw ScheduleNotFoundException.Of(Id(call));
            if (call.Arg<long?>("revision") is { } revision && revision != known.Revision) throw new ProblemException(Problem.PreconditionFailed());
            if (await Grain(call).ReviseAsync(change(known), known.Revision) is { } changed) return Answer(changed);
        }

        throw new ScheduleConflictException($"Schedule '{Id(call)}' is changed by others all the time; try again.");
    }

    private static async Task<Payload> DeleteAsync(FieldCall call) =>
        await Grain(call).DeleteAsync(Mutating.Only(call)) ? new Payload(("deletedId", NodeId.Of("Schedule", Id(call)))) : throw ScheduleNotFoundException.Of(Id(call));

    private static async Task<Payload> BackfillAsync(FieldCall call)
    {
        BackfillRequest request = BackfillBody.Read(InputJson.Of(call.Object("input")!));
        return new Payload(("backfill", await Grain(call).StartBackfillAsync(Guid.CreateVersion7(call.Call.Services.Time.GetUtcNow()), request)));
    }

    private static BackfillVerb Verb(FieldCall call) => call.Arg<string>("action") switch
    {
        "PAUSE" => BackfillVerb.Pause,
        "RESUME" => BackfillVerb.Resume,
        _ => BackfillVerb.Cancel,
    };

    private static Payload Answer(ScheduleView schedule) => new(("schedule", schedule));

    private static string Id(FieldCall call) => NodeId.KeyOf("Schedule", call.Arg<string>("id")!);

    private static IScheduleGrain Grain(FieldCall call) =>
        EntityName.IsName(Id(call)) ? call.Grains.GetGrain<IScheduleGrain>(new ScheduleKey(call.Tenant, Id(call)).GrainKey) : throw ScheduleNotFoundException.Of(Id(call));
}
