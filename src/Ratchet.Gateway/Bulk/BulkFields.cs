using Ratchet.Bulk;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Bulk;

/// <summary>Body of POST /bulk: <c>{action, filter: {state[], task, queue, createdBefore}, priority?}</c>.</summary>
internal static class BulkFields
{
    internal static readonly BodyShape<Draft> FilterShape = new("filter")
    {
        { "state", (draft, ref body) => draft with { Filter = draft.Filter with { States = States(body.TextList()) } } },
        { "task", (draft, ref body) => draft with { Filter = draft.Filter with { Task = Name(ref body) } } },
        { "queue", (draft, ref body) => draft with { Filter = draft.Filter with { Queue = Name(ref body) } } },
        { "createdBefore", (draft, ref body) => draft with { CreatedBefore = body.Instant() } },
    };

    internal static readonly BodyShape<Draft> Shape = new("a bulk operation")
    {
        { "action", (draft, ref body) => draft with { Action = body.Word(BulkActions.Words) } },
        { "filter", (draft, ref body) => body.Object(FilterShape, draft) },
        { "priority", (draft, ref body) => draft with { Priority = body.Priority() } },
    };

    public static BulkRequest Read(ReadOnlySpan<byte> body, string actor, string? idempotencyKey)
    {
        Draft draft = BodyReader.Read(body, Shape, new Draft(null, new JobFilter(), null, null));
        BulkAction action = draft.Action ?? throw Wrong("/action", "action is missing: cancel, retry, reprioritise or delete.");
        // Without any condition it would be about every job there is, which nobody is likely to mean.
        if (draft is { Filter: { States.Count: 0, Task: null, Queue: null }, CreatedBefore: null })
            throw Wrong("/filter", "filter must have at least one of state, task, queue and createdBefore.");
        if (action == BulkAction.Reprioritise && draft.Priority is null) throw Wrong("/priority", "priority is missing: what the jobs are to have.");
        if (action != BulkAction.Reprioritise && draft.Priority is not null) throw Wrong("/priority", "priority is for reprioritise alone.");
        return new BulkRequest(action, draft.Filter, draft.CreatedBefore, draft.Priority, actor, idempotencyKey);
    }

    private static List<JobState> States(List<string> names)
    {
        var states = new List<JobState>(names.Count);
        foreach (string name in names)
        {
            if (!JobStates.TryParse(name, out JobState state))
                throw Wrong($"/filter/state/{states.Count}", $"'{name}' is not a state; known are {string.Join(", ", JobStates.All.Select(s => s.Name()))}.");
            states.Add(state);
        }

        return states;
    }

    private static string Name(ref BodyReader body)
    {
        string name = body.Text();
        return EntityName.IsName(name) ? name : throw body.Wrong($"must have 1 to {Limits.NameChars} characters, no '/' and no control characters");
    }

    private static ProblemException Wrong(string pointer, string detail) => new(Problem.InvalidField(pointer, detail));

    internal sealed record Draft(BulkAction? Action, JobFilter Filter, DateTimeOffset? CreatedBefore, JobPriority? Priority);
}
