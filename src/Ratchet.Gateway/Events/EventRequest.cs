using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Jobs;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Events;

/// <summary>How the feed is asked for.</summary>
/// <param name="Follow">As a stream of server-sent events.</param>
/// <param name="After">The place behind which to begin: <c>Last-Event-ID</c>, or the parameter <c>after</c>.</param>
/// <param name="Descending">Newest first; a stream never is.</param>
internal sealed record EventRequest(bool Follow, EventFilter Filter, EventCursor? After, bool Descending, int Limit)
{
    private const int DefaultRows = 50;

    /// <summary>All that events can be named by: what the transition table has, and what changes a job in place.</summary>
    public static readonly string[] Transitions = [.. JobTransition.All.Select(t => t.Name), "escalate", "reprioritise", "debounce", "delete"];

    private static readonly string[] Known = ["job", "task", "queue", "transition", "to", "after", "limit", "follow", "_order"];

    /// <exception cref="ProblemException">A parameter makes no sense.</exception>
    public static EventRequest Of(HttpRequest request)
    {
        IQueryCollection query = request.Query;
        foreach (string name in query.Keys)
        {
            if (Known.Contains(name)) continue;
            string near = NearestName.Close(name, Known) is { } close ? $"; did you mean '{close}'?" : $"; known are {string.Join(", ", Known)}.";
            throw Wrong(name, $"'{name}' is not a parameter of events{near}");
        }

        bool accepts = request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(LogRequest.EventStream, StringComparison.OrdinalIgnoreCase));
        bool follow = query["follow"].FirstOrDefault() switch
        {
            null => accepts,
            "true" => true,
            "false" => false,
            _ => throw Wrong("follow", "follow must be true or false."),
        };
        return new EventRequest(follow, FilterOf(query), AfterOf(request), !follow && OrderOf(query), LimitOf(query));
    }

    private static EventFilter FilterOf(IQueryCollection query) => new()
    {
        Job = query["job"].FirstOrDefault() is not { } text ? null : JobId.TryParse(text, out JobId id) ? id : throw Wrong("job", "job must be a job's id."),
        Tasks = Names(query, "task"),
        Queues = Names(query, "queue"),
        Transitions = [.. Words(query, "transition").Select(word => Transitions.Contains(word) ? word : throw Wrong("transition", $"'{word}' is not a transition; known are {string.Join(", ", Transitions)}."))],
        To = [.. Words(query, "to").Select(word => JobStates.TryParse(word, out JobState state) ? state : throw Wrong("to", $"'{word}' is not a state; known are {string.Join(", ", JobStates.All.Select(s => s.Name()))}."))],
    };

    private static EventCursor? AfterOf(HttpRequest request)
    {
        // What a browser sends by itself when it comes again knows better than the address that it came with.
        if (request.Headers["Last-Event-ID"].FirstOrDefault() is { Length: > 0 } id)
            return EventCursor.TryParse(id, out EventCursor last) ? last : throw new ProblemException(Problem.Malformed("Last-Event-ID is not the id of an event."));
        if (request.Query["after"].FirstOrDefault() is not { Length: > 0 } text) return null;
        return EventCursor.TryParse(text, out EventCursor after) ? after : throw Wrong("after", "after must be the cursor of an event.");
    }

    private static bool OrderOf(IQueryCollection query) => query["_order"].FirstOrDefault() switch
    {
        null or "desc" => true,
        "asc" => false,
        _ => throw Wrong("_order", "_order must be asc or desc."),
    };

    private static int LimitOf(IQueryCollection query)
    {
        if (query["limit"].FirstOrDefault() is not { } text) return DefaultRows;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is >= 1 and <= Limits.ListRows ? limit : throw Wrong("limit", $"limit must be a whole number from 1 to {Limits.ListRows}.");
    }

    private static string[] Names(IQueryCollection query, string name) =>
        [.. query[name].Select(text => text is not null && EntityName.IsName(text) ? text : throw Wrong(name, $"'{text}' is not a name that a {name} can have."))];

    private static IEnumerable<string> Words(IQueryCollection query, string name) =>
        query[name].SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static ProblemException Wrong(string name, string detail) => new(Problem.InvalidField("/" + name, detail));
}
