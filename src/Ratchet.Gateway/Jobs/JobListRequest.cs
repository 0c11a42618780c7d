using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>Reads the query of GET /jobs: <c>state</c> (repeatable or comma-separated), <c>task</c>, <c>queue</c>, <c>_start</c>, <c>_end</c>, <c>before</c>.</summary>
internal static class JobListRequest
{
    private const int MostOffset = 100_000;

    public static JobFilter Read(IQueryCollection query)
    {
        foreach (string name in query.Keys)
        {
            if (name is not ("state" or "task" or "queue" or "_start" or "_end" or "before"))
                throw new ProblemException(Problem.InvalidField($"/{name}", $"'{name}' is not a filter of jobs; known are state, task, queue, before, _start, _end."));
        }

        int start = Number(query, "_start", 0);
        int end = Number(query, "_end", start + 50);
        if (end <= start) throw new ProblemException(Problem.InvalidField("/_end", "_end must be greater than _start."));
        return new JobFilter
        {
            States = States(query["state"]),
            Task = Name(query, "task"),
            Queue = Name(query, "queue"),
            Before = Before(query["before"].FirstOrDefault()),
            Offset = start,
            Limit = Math.Min(end - start, Limits.ListRows),
        };
    }

    private static string? Name(IQueryCollection query, string name)
    {
        string? text = query[name].FirstOrDefault();
        return text is null || EntityName.IsName(text) ? text : throw new ProblemException(Problem.InvalidField($"/{name}", $"{name} is not a name that a {name} can have."));
    }

    private static int Number(IQueryCollection query, string name, int otherwise)
    {
        string? text = query[name].FirstOrDefault();
        if (text is null) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= MostOffset
            ? value
            : throw new ProblemException(Problem.InvalidField($"/{name}", $"{name} must be a whole number from 0 to {MostOffset}; use 'before' to go further."));
    }

    private static List<JobState> States(IEnumerable<string?> given)
    {
        var states = new List<JobState>();
        foreach (string name in given.SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (!JobStates.TryParse(name, out JobState state))
                throw new ProblemException(Problem.InvalidField("/state", $"'{name}' is not a state; known are {string.Join(", ", JobStates.All.Select(s => s.Name()))}."));
            states.Add(state);
        }

        return states;
    }

    private static JobId? Before(string? text)
    {
        if (text is null) return null;
        return JobId.TryParse(text, out JobId id) ? id : throw new ProblemException(Problem.InvalidField("/before", "before must be a job's id."));
    }
}
