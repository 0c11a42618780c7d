using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Ratchet.Events;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Jobs;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Events;

/// <summary>/api/v1/events: what happens to all jobs of a tenant, in pages and live.</summary>
public static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/events", GetAsync);

    private static async Task GetAsync(HttpContext http, IGrainFactory grains, EventHub hub, IHostApplicationLifetime lifetime)
    {
        EventRequest request = EventRequest.Of(http.Request);
        if (request.Follow)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, http.RequestAborted);
            using var stream = new EventStream(http, hub);
            await stream.WriteAsync(request, either.Token);
            return;
        }

        (IReadOnlyList<JobEvent> events, EventCursor? next) = request.Filter.Job is { } job
            ? OfJob(request, await grains.GetGrain<IJobDirectoryGrain>(0).EventsAsync(http.Tenant(), job, http.RequestAborted))
            : await PageAsync(http, request, grains);
        if (next is { } place)
        {
            http.Response.Headers.Link = Link(http, request, place);
            http.Response.Headers.AccessControlExposeHeaders = "Link";
        }

        await JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (JobEvent happened in events) EventJson.WriteOfAll(json, happened);
            json.WriteEndArray();
        });
    }

    /// <summary>The history of one job is found by its id, however old it is.</summary>
    private static (IReadOnlyList<JobEvent> Events, EventCursor? Next) OfJob(EventRequest request, IReadOnlyList<JobEvent> history)
    {
        IEnumerable<JobEvent> ordered = request.Descending ? history.Reverse() : history;
        JobEvent[] found = [.. ordered.Where(e => request.Filter.Matches(e) && (request.After is not { } after || (request.Descending ? e.Cursor < after : e.Cursor > after))).Take(request.Limit + 1)];
        return found.Length > request.Limit ? (found[..request.Limit], found[request.Limit - 1].Cursor) : (found, null);
    }

    /// <summary>Reads on until the page is full, the history ends, or enough was looked through: then the answer is short, and its link goes on from there.</summary>
    private static async Task<(IReadOnlyList<JobEvent> Events, EventCursor? Next)> PageAsync(HttpContext http, EventRequest request, IGrainFactory grains)
    {
        var found = new List<JobEvent>();
        EventCursor? place = request.After;
        for (int scanned = 0; scanned < Limits.EventsScanned; scanned += Limits.EventRead)
        {
            var read = new EventRead(http.Tenant(), place, request.Descending, Limits.EventRead);
            IReadOnlyList<JobEvent> some = await grains.GetGrain<IEventFeedGrain>(0).ReadAsync(read, http.RequestAborted);
            foreach (JobEvent happened in some)
            {
                if (found.Count == request.Limit) return (found, place);
                place = happened.Cursor;
                if (request.Filter.Matches(happened)) found.Add(happened);
            }

            if (some.Count < Limits.EventRead) return (found, null);
        }

        return (found, place);
    }

    private static string Link(HttpContext http, EventRequest request, EventCursor place)
    {
        var address = new StringBuilder(http.Request.Path.ToUriComponent()).Append('?');
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in http.Request.Query)
        {
            if (name is "after" or "limit") continue;
            foreach (string? value in values) address.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value ?? "")).Append('&');
        }

        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"<{address}limit={request.Limit}&after={place}>; rel=\"next\"");
    }
}
