using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Bulk;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Bulk;

/// <summary>/api/v1/bulk.</summary>
public static class BulkEndpoints
{
    private const int BodyBytes = 16 << 10;
    private const int DefaultRows = 50;

    public static void MapBulk(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/bulk", StartAsync).Describe("startBulk", "Change all jobs that a filter picks", op => op
            .Says("It goes on by itself, after a crash as well; jobs that come after its start are never picked.")
            .IdempotencyKey("The same key gives back the operation that it led to first.")
            .Takes(BulkSchemas.Body, """{"action":"retry","filter":{"state":["FAILED"],"task":"addition"}}""")
            .Answer(202, "The operation, which has begun.", BulkSchemas.Bulk, headers: ["Location"]));
        routes.MapGet("/api/v1/bulk", ListAsync).Describe("listBulk", "List bulk operations, newest first", op => op
            .Query("_end", Schema.Integer("How many.", 1, Limits.ListRows))
            .AnswerList("The operations.", BulkSchemas.Bulk));
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

    private static async Task ListAsync(HttpContext http, IGrainFactory grains) =>
        await JsonResponse.WriteListAsync(http, await grains.GetGrain<IBulkDirectoryGrain>(0).ListAsync(http.Tenant(), Rows(http.Request.Query), http.RequestAborted), BulkJson.Write);

    private static async Task GetAsync(HttpContext http, string id, IGrainFactory grains) => await AnswerAsync(http, await Bulk(grains, id).GetAsync(http.Tenant()) ?? throw Unknown(id));

    private static async Task CancelAsync(HttpContext http, string id, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await AnswerAsync(http, await Bulk(grains, id).CancelAsync(http.Tenant()) ?? throw Unknown(id));
    }

    private static Task AnswerAsync(HttpContext http, BulkView bulk) => JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => BulkJson.Write(json, bulk));

    /// <summary><c>_end</c>, the only parameter: how many of the newest.</summary>
    private static int Rows(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(k => k != "_end") is { } other) throw new ProblemException(Problem.InvalidField($"/{other}", $"'{other}' is not a parameter of this list; known is _end."));
        string? text = query["_end"].FirstOrDefault();
        if (text is null) return DefaultRows;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) && rows is >= 1 and <= Limits.ListRows
            ? rows
            : throw new ProblemException(Problem.InvalidField("/_end", $"_end must be a whole number from 1 to {Limits.ListRows}."));
    }

    private static IBulkGrain Bulk(IGrainFactory grains, string id) => Guid.TryParse(id, out Guid key) ? grains.GetGrain<IBulkGrain>(key) : throw Unknown(id);

    private static ProblemException Unknown(string id) => new(Problem.NotFound($"There is no bulk operation '{id}'."));
}
