using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Ratchet.Events;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Jobs;
using Ratchet.Gateway.OpenApi;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Events;

/// <summary>/api/v1/events: what happens to all jobs of a tenant, in pages and live.</summary>
public static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/events", GetAsync).Describe("listEvents", "What happened to all jobs, or happens", op => op
        .Says("As a list, newest first, with a Link to what is older. As server-sent events (`follow=true`, or `Accept: text/event-stream`) what happens from now on, or behind `Last-Event-ID`: events `job`, `place`, `lagging`, `end`.")
        .Query("job", Schema.Uuid("Of this job alone."))
        .Query("task", Schema.List(Schema.Text(), null, "Of jobs of these tasks."))
        .Query("queue", Schema.List(Schema.Text(), null, "Of jobs of these queues."))
        .Query("transition", Schema.List(Schema.Word(EventRequest.Transitions), null, "What was done."))
        .Query("to", Schema.List(Schema.Word(JobSchemas.States), null, "The state that the job came into."))
        .Query("after", Schema.Text("A cursor: what is behind it."))
        .Query("limit", Schema.Integer("Rows of a page; 50 when absent.", 1, Limits.ListRows))
        .Query("follow", Schema.Flag("Whether the answer is a stream of events."))
        .Query("_order", Schema.Word(["asc", "desc"], "Of a list: desc when absent."))
        .Header("Last-Event-ID", Schema.Text("The id of the last event that was had: the stream goes on behind it."))
        .Problem(400, "malformed", "Last-Event-ID is not the id of an event.")
        .Answer(200, "The events.", Schema.List(JobSchemas.EventOfAll), headers: ["Link"])
        .Answer(200, "", Schema.Text("Server-sent events."), null, LogRequest.EventStream));

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
        if (next is { } place) http.Response.Headers.Link = Link(http, request, place);
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
