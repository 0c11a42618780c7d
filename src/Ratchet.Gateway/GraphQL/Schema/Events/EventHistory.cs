using Ratchet.Events;
using Ratchet.Gateway.Events;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Jobs;

namespace Ratchet.Gateway.GraphQL.Schema.Events;

/// <summary>What happened, in pages.</summary>
internal static class EventHistory
{
    public static readonly RootFields Queries = new("Query") { { "events", call => PageAsync(call) } };

    private static async Task<Page> PageAsync(FieldCall call)
    {
        PageRequest page = PageRequest.ForwardOf(call);
        EventFilter filter = EventFilters.Of(call);
        EventCursor? after = EventFilters.After(page.Cursor);
        bool descending = call.Arg<string>("direction") != "ASC";
        return filter.Job is { } job ? await OfJobAsync(call, job, filter, after, descending, page.Size) : await OfAllAsync(call, filter, after, descending, page.Size);
    }

    /// <summary>The history of one job is found by its id, however old it is.</summary>
    private static async Task<Page> OfJobAsync(FieldCall call, JobId job, EventFilter filter, EventCursor? after, bool descending, int size)
    {
        IEnumerable<JobEvent> history = await call.Grains.GetGrain<IJobDirectoryGrain>(0).EventsAsync(call.Tenant, job, call.Cancel);
        if (descending) history = history.Reverse();
        JobEvent[] found = [.. history.Where(e => filter.Matches(e) && (after is not { } place || (descending ? e.Cursor < place : e.Cursor > place))).Take(size + 1)];
        return Page.Forward(Edges(found.Take(size)), found.Length > size);
    }

    /// <summary>Reads on until the page is full, the history ends, or enough was looked through: then the page is short, and its end is where to go on.</summary>
    private static async Task<Page> OfAllAsync(FieldCall call, EventFilter filter, EventCursor? place, bool descending, int size)
    {
        var found = new List<JobEvent>();
        for (int scanned = 0; scanned < Limits.EventsScanned; scanned += Limits.EventRead)
        {
            IReadOnlyList<JobEvent> some = await call.Grains.GetGrain<IEventFeedGrain>(0).ReadAsync(new EventRead(call.Tenant, place, descending, Limits.EventRead), call.Cancel);
            foreach (JobEvent happened in some)
            {
                if (found.Count == size) return Page.Forward(Edges(found), true);
                place = happened.Cursor;
                if (filter.Matches(happened)) found.Add(happened);
            }

            if (some.Count < Limits.EventRead) return Page.Forward(Edges(found), false);
        }

        return Page.Forward(Edges(found), true) with { End = place?.ToString() };
    }

    private static PageEdge[] Edges(IEnumerable<JobEvent> events) => [.. events.Select(e => new PageEdge(e.Cursor.ToString(), e))];
}
