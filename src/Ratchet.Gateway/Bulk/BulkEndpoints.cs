using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Bulk;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Lists;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Bulk;

/// <summary>/api/v1/bulk.</summary>
public static class BulkEndpoints
{
    private const int BodyBytes = 16 << 10;
    private static readonly ListReader<BulkField, BulkView> Reader = new(BulkList.Schema, BulkJson.Members);

    public static void MapBulk(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/bulk", StartAsync);
        routes.MapGet("/api/v1/bulk", ListAsync);
        routes.MapGet("/api/v1/bulk/{id}", GetAsync);
        routes.MapPost("/api/v1/bulk/{id}/cancel", CancelAsync);
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
