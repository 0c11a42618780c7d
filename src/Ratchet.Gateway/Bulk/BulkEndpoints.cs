using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Bulk;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Bulk;

/// <summary>/api/v1/bulk.</summary>
public static class BulkEndpoints
{
    private const int BodyBytes = 16 << 10;
    private static readonly ListReader<BulkField, BulkView> Reader = new(BulkList.Schema, BulkJson.Members);

    public static void MapBulk(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/bulk", StartAsync).Describe("startBulk", "Change all jobs that a filter picks", op => op
            .Says("It goes on by itself, after a crash as well; jobs that come after its start are never picked.")
            .IdempotencyKey("The same key gives back the operation that it led to first.")
            .Takes(BulkSchemas.Body, """{"action":"retry","filter":{"state":["FAILED"],"task":"addition"}}""")
            .Answer(202, "The operation, which has begun.", BulkSchemas.Bulk, headers: ["Location"]));
        routes.MapGet("/api/v1/bulk", ListAsync).Describe("listBulk", "List bulk operations, newest first", op => Reader.Describe(op, "Of the newest 1,000 operations.", BulkSchemas.Bulk));
        routes.MapGet("/api/v1/bulk/{id}", GetAsync).Describe("getBulk", "Get a bulk operation", op => op.Path("id", Schema.Uuid()).Answer(200, "The operation.", BulkSchemas.Bulk));
        routes.MapPost("/api/v1/bulk/{id}/cancel", CancelAsync).Describe("cancelBulk", "Stop a bulk operation where it is", op => op
            .Path("id", Schema.Uuid())
            .TakesNothing()
            .Answer(200, "The operation.", BulkSchemas.Bulk));
    }

    private static async Task StartAsync(HttpContext http, IGrainFactory grains, TimeProvider time)
    {
        BulkRequest request = BulkFields.Read(await RequestBody.ReadJsonAsync(http, BodyBytes), http.Caller().Principal, IdempotencyKey.Of(http));
        // With a key that was used before it is another operation that answers, under an id of its own.
        BulkView bulk = await grains.GetGrain<IBulkGrain>(Guid.CreateVersion7(time.GetUtcNow())).StartAsync(http.Tenant(), request);
        http.Response.Headers.Location = $"/api/v1/bulk/{bulk.Id}";
        await JsonResponse.WriteAsync(http, StatusCodes.Status202Accepted, json => BulkJson.Write(json, bulk));
    }

    /// <summary>Of the newest <see cref="Limits.ListRows"/>.</summary>
    private static async Task ListAsync(HttpContext http, IGrainFactory grains)
    {
        ListRequest<BulkField> request = Reader.Read(http.Request.Query);
        IReadOnlyList<BulkView> newest = await grains.GetGrain<IBulkDirectoryGrain>(0).ListAsync(http.Tenant(), Limits.ListRows, http.RequestAborted);
        await ListResponse.WriteAsync(http, BulkList.Schema, request, BulkList.Schema.Page(newest, request.Query), BulkJson.Write);
    }

    private static async Task GetAsync(HttpContext http, string id, IGrainFactory grains) => await AnswerAsync(http, await Bulk(grains, id).GetAsync(http.Tenant()) ?? throw Unknown(id));

    private static async Task CancelAsync(HttpContext http, string id, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await AnswerAsync(http, await Bulk(grains, id).CancelAsync(http.Tenant()) ?? throw Unknown(id));
    }

    private static Task AnswerAsync(HttpContext http, BulkView bulk) => JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => BulkJson.Write(json, bulk));

    private static IBulkGrain Bulk(IGrainFactory grains, string id) => Guid.TryParse(id, out Guid key) ? grains.GetGrain<IBulkGrain>(key) : throw Unknown(id);

    private static ProblemException Unknown(string id) => new(Problem.NotFound($"There is no bulk operation '{id}'."));
}
