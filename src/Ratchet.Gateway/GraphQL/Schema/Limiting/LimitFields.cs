using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Limiting;
using Ratchet.Gateway.Problems;
using Ratchet.Limiting;

namespace Ratchet.Gateway.GraphQL.Schema.Limiting;

internal static class LimitFields
{
    public static readonly ObjectFields<LimitView> Limit = new("Limit")
    {
        { "id", limit => IdOf(limit.Scope, limit.Name) },
        { "scope", limit => limit.Scope.Name() },
        { "name", limit => limit.Name },
        { "set", limit => limit.Rule is not null },
        { "concurrency", limit => limit.Concurrency },
        { "rate", limit => limit.Rate },
        { "held", limit => limit.Held },
        { "holders", limit => limit.Holders.Select(h => h.Value) },
        { "waiting", limit => limit.Waiting },
        { "started", limit => limit.Started },
        { "nextStart", limit => limit.NextStart },
    };

    public static readonly ObjectFields<LimitRule> Rule = new("LimitRule") { { "concurrency", rule => rule.Concurrency }, { "rate", rule => rule.Rate } };

    public static readonly ObjectFields<RateLimit> Rate = new("Rate") { { "count", rate => rate.Count }, { "window", rate => rate.Window } };

    public static readonly RootFields Queries = new("Query")
    {
        { "limit", call => Limiter(call).GetAsync(Scope(call.Arg<string>("scope")), call.Arg<string>("name")!) },
        { "limits", call => ListInputs.PageAsync(call, LimitList.Schema, () => Limiter(call).ListAsync()) },
    };

    public static readonly RootFields Mutations = new("Mutation")
    {
        { "setLimit", call => Mutating.DoAsync(call, async () => await SetAsync(call)) },
        { "deleteLimit", call => Mutating.DoAsync(call, async () => await DeleteAsync(call)) },
    };

    public static Task<LimitView?> GetAsync(FieldCall call, string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && LimitScopes.TryParse(key[..slash], out LimitScope scope) ? Limiter(call).GetAsync(scope, key[(slash + 1)..]) : Task.FromResult<LimitView?>(null);
    }

    private static async Task<Payload> SetAsync(FieldCall call)
    {
        IReadOnlyDictionary<string, object?> input = call.Object("input")!;
        (LimitScope scope, string name) = Target((string)input["scope"]!, (string)input["name"]!);
        await Limiter(call).PutAsync(LimitRequest.Read(InputJson.Of(input, "scope", "name"), scope, name));
        return new Payload(("limit", await Limiter(call).GetAsync(scope, name)));
    }

    private static async Task<Payload> DeleteAsync(FieldCall call)
    {
        (LimitScope scope, string name) = Target(call.Arg<string>("scope")!, call.Arg<string>("name")!);
        return await Limiter(call).DeleteAsync(scope, name) ? new Payload(("deletedId", IdOf(scope, name))) : throw new ProblemException(Problem.NotFound($"There is no limit of the {scope.Name().ToLowerInvariant()} '{name}'."));
    }

    private static (LimitScope Scope, string Name) Target(string scope, string name)
    {
        LimitScope kind = Scope(scope);
        return (kind == LimitScope.Key ? EntityName.IsText(name) : EntityName.IsName(name))
            ? (kind, name)
            : throw new ProblemException(Problem.InvalidField("/name", $"name is none that a {scope.ToLowerInvariant()} can have."));
    }

    private static LimitScope Scope(string? text) => LimitScopes.TryParse(text, out LimitScope scope) ? scope : LimitScope.Key;

    private static string IdOf(LimitScope scope, string name) => NodeId.Of("Limit", $"{scope.Name()}/{name}");

    private static ILimiterGrain Limiter(FieldCall call) => call.Grains.GetGrain<ILimiterGrain>(call.Tenant);
}
