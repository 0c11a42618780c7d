using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Problems;
using Ratchet.Statistics;

namespace Ratchet.Gateway.Statistics;

/// <summary>/api/v1/statistics.</summary>
public static class StatisticsEndpoints
{
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(15);

    public static void MapStatistics(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/statistics", GetAsync).Describe("getStatistics", "Numbers of jobs, and how long they take", op => op
        .Query("window", Schema.Duration().Saying("Over which failures and times are counted: 10s to 1h; 15m when absent."))
        .Answer(200, "The numbers.", StatisticsSchemas.Statistics));

    private static async Task GetAsync(HttpContext http, IGrainFactory grains)
    {
        StatisticsView statistics = await grains.GetGrain<IStatisticsGrain>(http.Tenant()).GetAsync(WindowOf(http.Request.Query));
        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => StatisticsJson.Write(json, statistics));
    }

    private static TimeSpan WindowOf(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(k => k != "window") is { } other) throw Wrong(other, $"'{other}' is not a parameter of statistics; known is window.");
        if (query["window"].FirstOrDefault() is not { } text) return DefaultWindow;
        return Durations.TryParse(text, out TimeSpan window) && window >= TimeSpan.FromSeconds(10) && window <= TimeSpan.FromHours(1)
            ? window
            : throw Wrong("window", "window must be a duration from \"10s\" to \"1h\".");
    }

    private static ProblemException Wrong(string name, string detail) => new(Problem.InvalidField("/" + name, detail));
}
