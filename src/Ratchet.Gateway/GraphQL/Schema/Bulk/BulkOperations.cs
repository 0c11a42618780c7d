using Ratchet.Bulk;
using Ratchet.Gateway.Bulk;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.GraphQL.Schema.Jobs;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.GraphQL.Schema.Bulk;

internal static class BulkOperations
{
    public static readonly ObjectFields<BulkView> Operation = new("BulkOperation")
    {
        { "bulkId", bulk => bulk.Id },
        { "action", bulk => bulk.Action.Name().ToUpperInvariant() },
        { "state", bulk => bulk.State },
        { "total", bulk => bulk.Total },
        { "changed", bulk => bulk.Changed },
        { "skipped", bulk => bulk.Skipped },
        { "actor", bulk => bulk.Actor },
        { "createdAt", bulk => bulk.CreatedAt },
        { "finishedAt", bulk => bulk.FinishedAt },
    };

    public static readonly RootFields Queries = new("Query")
    {
        { "bulkOperation", call => Grain(call).GetAsync(call.Tenant) },
        { "bulkOperations", call => ListAsync(call) },
    };

    public static readonly RootFields Mutations = new("Mutation")
    {
        { "startBulk", call => Mutating.DoAsync(call, async () => await StartAsync(call)) },
        { "cancelBulk", call => Mutating.DoAsync(call, async () => await CancelAsync(call)) },
    };

    private static Task<IReadOnlyList<BulkView>> ListAsync(FieldCall call) => call.Arg<int?>("first") is { } first and >= 1 and <= Limits.ListRows
        ? call.Grains.GetGrain<IBulkDirectoryGrain>(0).ListAsync(call.Tenant, first, call.Cancel)
        : throw new ProblemException(Problem.InvalidField("/first", $"first must be from 1 to {Limits.ListRows}."));

    private static async Task<Payload> StartAsync(FieldCall call)
    {
        BulkRequest request = BulkFields.Read(InputJson.Of(call.Object("input")!), call.Call.Caller.Principal, JobMutations.Key(call));
        // With a key that was used before it is another operation that answers, under an id of its own.
        return new Payload(("operation", await call.Grains.GetGrain<IBulkGrain>(Guid.CreateVersion7(call.Call.Services.Time.GetUtcNow())).StartAsync(call.Tenant, request)));
    }

    private static async Task<Payload> CancelAsync(FieldCall call) =>
        new(("operation", await Grain(call).CancelAsync(call.Tenant) ?? throw new ProblemException(Problem.NotFound($"There is no bulk operation '{call.Arg<Guid>("id")}'."))));

    private static IBulkGrain Grain(FieldCall call) => call.Grains.GetGrain<IBulkGrain>(call.Arg<Guid>("id"));
}
