using Ratchet.Gateway.Events;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.GraphQL.Schema.Events;

/// <summary>Which events are asked for, and from which place on.</summary>
internal static class EventFilters
{
    public static EventFilter Of(FieldCall call)
    {
        IReadOnlyDictionary<string, object?>? wanted = call.Object("filter");
        return new EventFilter
        {
            Job = wanted?.GetValueOrDefault("jobId") is Guid id ? new JobId(id) : null,
            Tasks = wanted?.GetValueOrDefault("task") is string task ? [task] : [],
            Queues = wanted?.GetValueOrDefault("queue") is string queue ? [queue] : [],
            Transitions = [.. Words(wanted, "transition").Select(word => EventRequest.Transitions.Contains(word) ? word : throw Wrong("/filter/transition", $"'{word}' is not a transition; known are {string.Join(", ", EventRequest.Transitions)}."))],
            To = [.. Words(wanted, "to").Select(JobStates.Parse)],
        };
    }

    public static EventCursor? After(string? text) =>
        text is null ? null : EventCursor.TryParse(text, out EventCursor place) ? place : throw Wrong("/after", "after must be the cursor of an event.");

    private static IEnumerable<string> Words(IReadOnlyDictionary<string, object?>? wanted, string field) => (wanted?.GetValueOrDefault(field) as System.Collections.IEnumerable)?.Cast<string>() ?? [];

    private static ProblemException Wrong(string pointer, string detail) => new(Problem.InvalidField(pointer, detail));
}
