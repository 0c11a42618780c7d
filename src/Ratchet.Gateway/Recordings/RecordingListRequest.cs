using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Recordings;

/// <summary>Reads the query of GET /tasks/{name}/recordings: <c>limit</c> and <c>outcome</c>.</summary>
internal static class RecordingListRequest
{
    private static readonly string[] Outcomes = ["COMPLETED", "FAILED", "LOST", "CANCELLED"];

    /// <exception cref="ProblemException">A parameter is unknown or outside its range.</exception>
    public static (int Limit, string? Outcome) Read(IQueryCollection query, int limitOtherwise)
    {
        foreach (string name in query.Keys)
        {
            if (name is not ("limit" or "outcome")) throw Wrong($"/{name}", $"'{name}' is not a filter of recordings; known are limit and outcome.");
        }

        int limit = limitOtherwise;
        if (query["limit"].FirstOrDefault() is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Limits.ListRows))
            throw Wrong("/limit", $"limit must be a whole number from 1 to {Limits.ListRows}.");
        string? outcome = query["outcome"].FirstOrDefault()?.ToUpperInvariant();
        if (outcome is not null && !Outcomes.Contains(outcome)) throw Wrong("/outcome", $"outcome must be one of {string.Join(", ", Outcomes)}.");
        return (limit, outcome);
    }

    private static ProblemException Wrong(string pointer, string detail) => new(Problem.InvalidField(pointer, detail));
}
