using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Limiting;
using Ratchet.Preconditions;

namespace Ratchet.Gateway.Limiting;

/// <summary>/api/v1/limits.</summary>
public static class LimitEndpoints
{
    private const int BodyBytes = 4 << 10;

    private static readonly ListReader<LimitField, LimitView> Reader = new(LimitList.Schema, LimitJson.Members);

    public static void MapLimits(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/limits", ListAsync).Describe("listLimits", "List limits", op => Reader.Describe(op, "All that are set, and of keys whose limits jobs have brought themselves.", LimitSchemas.Limit, LimitSchemas.Example));
        routes.MapGet("/api/v1/limits/{scope}/{**name}", GetAsync).Describe("getLimit", "Get a limit", op => Named(op).Answer(200, "The limit.", LimitSchemas.Limit, LimitSchemas.Example, headers: ["ETag"]));
        routes.MapPut("/api/v1/limits/{scope}/{**name}", PutAsync).Describe("setLimit", "Set a limit as a whole", op => Named(op)
            .IfMatchOrMade()
            .Takes(LimitSchemas.Body, """{"concurrency":2,"rate":{"count":100,"window":"1m"}}""")
            .Answer(200, "The limit.", LimitSchemas.Limit, LimitSchemas.Example, headers: ["ETag"]));
        routes.MapDelete("/api/v1/limits/{scope}/{**name}", DeleteAsync).Describe("deleteLimit", "Take a limit away", op => Named(op).IfMatch().Answer(204, "It is gone."));
    }

    private static Operation Named(Operation op) => op.Path("scope", Schema.Word("key", "queue", "task")).Path("name", Schema.Text("Of the key, the queue or the task; a / is written %2F."));

    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        ListRequest<LimitField> request = Reader.Read(http.Request.Query);
        await ListResponse.WriteAsync(http, LimitList.Schema, request, LimitList.Schema.Page(await Limiter(http, grains).ListAsync(), request.Query), LimitJson.Write);
    }

    private static async Task GetAsync(HttpContext http, string scope, string name, IGrainFactory grains)
    {
        (LimitScope kind, string of) = Target(scope, name);
        LimitView limit = await Limiter(http, grains).GetAsync(kind, of) ?? throw Unknown(scope, of);
        if (limit.Rule is { } rule) EntityTags.Write(http, rule.Revision);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => LimitJson.Write(json, limit));
    }

    private static async Task PutAsync(HttpContext http, string scope, string name, IGrainFactory grains)
    {
        (LimitScope kind, string of) = Target(scope, name);
        Precondition? only = EntityTags.OnlyOrMade(http);
        await Limiter(http, grains).PutAsync(LimitRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes), kind, of), only);
        await GetAsync(http, scope, name, grains);
    }

    private static async Task DeleteAsync(HttpContext http, string scope, string name, IGrainFactory grains)
    {
        (LimitScope kind, string of) = Target(scope, name);
        if (!await Limiter(http, grains).DeleteAsync(kind, of, EntityTags.Only(http))) throw Unknown(scope, of);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>What a path names. Keys are any text; queues and tasks have names.</summary>
    private static (LimitScope Scope, string Name) Target(string scope, string name)
    {
        if (!LimitScopes.TryParse(scope, out LimitScope kind)) throw new ProblemException(Problem.NotFound($"'{scope}' is nothing that has limits; known are key, queue, task."));
        string of = PathKey.Decode(name);
        return kind == LimitScope.Key ? EntityName.IsText(of) ? (kind, of) : throw Unknown(scope, of)
            : EntityName.IsName(of) ? (kind, of) : throw Unknown(scope, of);
    }

    private static ILimiterGrain Limiter(HttpContext http, IGrainFactory grains) => grains.GetGrain<ILimiterGrain>(http.Tenant());

    private static ProblemException Unknown(string scope, string name) => new(Problem.NotFound($"There is no limit of the {scope} '{name}'."));
}
