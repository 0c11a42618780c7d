using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tasks;

/// <summary>The versions of a task: which there are, which of them is current, and their files.</summary>
public static class TaskVersionEndpoints
{
    private const int BodyBytes = 4 << 10;
    private const int DefaultPromotions = 50;
    private const string Versions = "/api/v1/tasks/{name}/versions";
    private const string One = Versions + "/{version}";

    public static void MapTaskVersions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Versions, ListAsync);
        routes.MapGet(One, GetAsync);
        routes.MapDelete(One, DeleteAsync);
        routes.MapGet(One + "/zip", ZipAsync);
        routes.MapGet("/api/v1/tasks/{name}/zip", (HttpContext http, string name, IGrainFactory grains) => ZipAsync(http, name, null, grains));
        routes.MapPost(One + "/enable", (HttpContext http, string name, string version, IGrainFactory grains) => EnableAsync(http, name, version, true, grains));
        routes.MapPost(One + "/disable", (HttpContext http, string name, string version, IGrainFactory grains) => EnableAsync(http, name, version, false, grains));
        routes.MapPost(One + "/promote", PromoteAsync);
        routes.MapPost("/api/v1/tasks/{name}/rollback", RollBackAsync);
        routes.MapGet("/api/v1/tasks/{name}/promotions", ListPromotionsAsync);
    }

    private static async Task ListAsync(HttpContext http, string name, IGrainFactory grains)
    {
        IReadOnlyList<TaskVersionView> versions = await TaskEndpoints.Grain(http, grains, name).GetVersionsAsync();
        if (versions.Count == 0) throw TaskEndpoints.Unknown(name);
        await JsonResponse.WriteListAsync(http, versions, TaskJson.WriteVersion);
    }

    private static async Task GetAsync(HttpContext http, string name, string version, IGrainFactory grains) => await AnswerAsync(http, name, version, grains);

    private static async Task ZipAsync(HttpContext http, string name, string? version, IGrainFactory grains) => await TaskZipResponse.WriteAsync(http, await FindAsync(http, name, version, grains));

    private static async Task DeleteAsync(HttpContext http, string name, string version, IGrainFactory grains)
    {
        await TaskEndpoints.Grain(http, grains, name).DeleteVersionAsync(version);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task EnableAsync(HttpContext http, string name, string version, bool enabled, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await TaskEndpoints.Grain(http, grains, name).EnableVersionAsync(version, enabled);
        await AnswerAsync(http, name, version, grains);
    }

    private static async Task PromoteAsync(HttpContext http, string name, string version, IGrainFactory grains)
    {
        EmptyRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await TaskEndpoints.Grain(http, grains, name).PromoteAsync(version, http.Caller().Principal);
        await AnswerAsync(http, name, version, grains);
    }

    /// <summary>Answers with the version that is current then.</summary>
    private static async Task RollBackAsync(HttpContext http, string name, IGrainFactory grains)
    {
        string? from = RollBackRequest.Read(await RequestBody.ReadOptionalJsonAsync(http, BodyBytes));
        await TaskEndpoints.Grain(http, grains, name).RollBackAsync(from, http.Caller().Principal);
        await AnswerAsync(http, name, null, grains);
    }

    private static async Task ListPromotionsAsync(HttpContext http, string name, IGrainFactory grains) =>
        await JsonResponse.WriteListAsync(http, await TaskEndpoints.Grain(http, grains, name).GetPromotionsAsync(Limit(http.Request.Query)), TaskJson.WritePromotion);

    private static async Task AnswerAsync(HttpContext http, string name, string? version, IGrainFactory grains)
    {
        TaskVersionDetails found = await FindAsync(http, name, version, grains);
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => TaskJson.WriteVersion(json, found));
    }

    private static async Task<TaskVersionDetails> FindAsync(HttpContext http, string name, string? version, IGrainFactory grains) =>
        await TaskEndpoints.Grain(http, grains, name).GetVersionAsync(version)
        ?? throw (version is null ? TaskEndpoints.Unknown(name) : new ProblemException(Problem.NotFound($"There is no version {version} of a task '{name}'.")));

    /// <summary><c>limit</c>, the only parameter.</summary>
    private static int Limit(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(k => k != "limit") is { } other) throw new ProblemException(Problem.InvalidField($"/{other}", $"'{other}' is not a parameter of this list; known is limit."));
        string? text = query["limit"].FirstOrDefault();
        if (text is null) return DefaultPromotions;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) && rows is >= 1 and <= Limits.TaskPromotions
            ? rows
            : throw new ProblemException(Problem.InvalidField("/limit", $"limit must be a whole number from 1 to {Limits.TaskPromotions}."));
    }
}
