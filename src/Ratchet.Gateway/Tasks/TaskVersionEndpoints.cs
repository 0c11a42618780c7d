using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
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
        routes.MapGet(Versions, ListAsync).Describe("listTaskVersions", "List a task's versions", op => op.AnswerList("Its versions, newest first.", TaskSchemas.Version));
        routes.MapGet(One, GetAsync).Describe("getTaskVersion", "Get a version of a task", op => op.Answer(200, "The version.", TaskSchemas.VersionDetails));
        routes.MapDelete(One, DeleteAsync).Describe("deleteTaskVersion", "Delete a version of a task", op => Known(op)
            .Answer(204, "It is gone.")
            .Problem(409, TaskVersionStateException.Current, "It is current.")
            .Problem(409, "task-in-use", "A job of it is not at an end, or a schedule submits it."));
        routes.MapGet(One + "/zip", ZipAsync).Describe("getTaskVersionZip", "Download a version's files", Zipped);
        routes.MapGet("/api/v1/tasks/{name}/zip", (HttpContext http, string name, IGrainFactory grains) => ZipAsync(http, name, null, grains)).Describe("getTaskZip", "Download the current version's files", Zipped);
        routes.MapPost(One + "/enable", (HttpContext http, string name, string version, IGrainFactory grains) => EnableAsync(http, name, version, true, grains))
            .Describe("enableTaskVersion", "Let jobs name a version again", Changed);
        routes.MapPost(One + "/disable", (HttpContext http, string name, string version, IGrainFactory grains) => EnableAsync(http, name, version, false, grains))
            .Describe("disableTaskVersion", "Let no new job have a version", op => Changed(op.Problem(409, TaskVersionStateException.Current, "It is current.")));
        routes.MapPost(One + "/promote", PromoteAsync).Describe("promoteTaskVersion", "Make a version the current one", op => Changed(op.Problem(409, TaskVersionStateException.Disabled, "It is disabled.")));
        routes.MapPost("/api/v1/tasks/{name}/rollback", RollBackAsync).Describe("rollBackTask", "Make the version current that was so before", op => Known(op)
            .Takes(TaskSchemas.RollBack, """{"from":"1.1.0"}""", optional: true)
            .Answer(200, "The version that is current now.", TaskSchemas.VersionDetails)
            .Problem(409, TaskVersionStateException.NotCurrent, "Another version is current.")
            .Problem(409, TaskVersionStateException.Disabled, "The version that would be current is disabled.")
            .Problem(409, TaskVersionStateException.NoPrevious, "None was before that could be again."));
        routes.MapGet("/api/v1/tasks/{name}/promotions", ListPromotionsAsync).Describe("listTaskPromotions", "Which versions were current, newest first", op => TaskEndpoints.Known(op)
            .Query("limit", Schema.Integer($"How many; {DefaultPromotions} when absent.", 1, Limits.TaskPromotions))
            .AnswerList("What made a version current.", TaskSchemas.Promotion));
    }

    private static Operation Known(Operation op) => TaskEndpoints.Known(op).Problem(404, "unknown-version", "The task has no such version.");

    private static void Changed(Operation op) => Known(op).TakesNothing().Answer(200, "The version.", TaskSchemas.VersionDetails);

    private static void Zipped(Operation op) => op
        .Header("If-None-Match", Schema.Text("ETags of what the client has already."))
        .Answer(200, "The files.", new JsonObject { ["type"] = "string", ["contentMediaType"] = "application/zip" }, null, "application/zip", "ETag", "Content-Disposition")
        .Answer(304, "The client has them already.", headers: ["ETag"]);

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
