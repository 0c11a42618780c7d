using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.OpenApi;
using Ratchet.Health;

namespace Ratchet.Gateway.Health;

/// <summary>/livez: the process. /readyz (alias /health): whether a job would be taken now; fails first when the server drains.</summary>
public static class HealthEndpoints
{
    /// <summary>A dependency that has not answered by then is not ready.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // As delegates, not as handlers of requests: those the framework does not describe.
        routes.MapGet("/livez", (Delegate)LiveAsync).Describe("live", "Whether the process runs", op => op.Answer(200, "It does.", HealthSchemas.Health, """{"status":"ok"}"""));
        routes.MapGet("/readyz", ReadyAsync).Describe("ready", "Whether a job would be taken now", Ready);
        routes.MapGet("/health", ReadyAsync).Describe("health", "As /readyz", Ready);
    }

    private static void Ready(Operation op) => op
        .Query("verbose", Schema.Text("Each part and its latency are shown, too."))
        .Answer(200, "It would.", HealthSchemas.Health, """{"status":"ok"}""")
        .Answer(503, "Something is missing; components say what.", HealthSchemas.Health, headers: ["Retry-After"]);

    private static Task LiveAsync(HttpContext http) => JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json => WriteStatus(json, "ok", []));

    private static async Task ReadyAsync(HttpContext http, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        IReadOnlyList<ComponentHealth> components = lifetime.ApplicationStopping.IsCancellationRequested
            ? [new ComponentHealth("server", false, "The server is stopping.", 0)]
            : await CheckAsync(grains, time, http.RequestAborted);
        bool ready = components.All(c => c.Ready);
        bool verbose = http.Request.Query.ContainsKey("verbose") || !ready;
        int status = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        if (!ready) http.Response.Headers.RetryAfter = "1";
        http.Response.Headers.CacheControl = "no-store";
        await JsonResponse.WriteAsync(http, status, json => WriteStatus(json, ready ? "ok" : "not ready", verbose ? components : []));
    }

    private static async Task<IReadOnlyList<ComponentHealth>> CheckAsync(IGrainFactory grains, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            return await grains.GetGrain<IHealthGrain>(0).CheckAsync(cancel).WaitAsync(Patience, time, cancel);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            return [new ComponentHealth("silo", false, "No silo answered in time.", Patience.TotalMilliseconds)];
        }
    }

    private static void WriteStatus(Utf8JsonWriter json, string status, IReadOnlyList<ComponentHealth> components)
    {
        json.WriteStartObject();
        json.WriteString("status", status);
        if (components.Count > 0)
        {
            json.WriteStartArray("components");
            foreach (ComponentHealth component in components)
            {
                json.WriteStartObject();
                json.WriteString("name", component.Name);
                json.WriteBoolean("ready", component.Ready);
                json.WriteString("detail", component.Detail);
                json.WriteNumber("latencyMs", Math.Round(component.LatencyMs, 2));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
