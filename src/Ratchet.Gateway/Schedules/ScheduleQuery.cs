using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;
using Ratchet.Schedules;

namespace Ratchet.Gateway.Schedules;

/// <summary>Reads the queries of the lists; an unknown parameter is an error.</summary>
internal static class ScheduleQuery
{
    private const int DefaultRows = 50;
    private const int DefaultPreview = 10;

    /// <summary><c>count</c>.</summary>
    public static int Preview(IQueryCollection query)
    {
        Require(query, "count");
        return Number(query, "count", DefaultPreview, 1, Limits.PreviewInstants);
    }

    /// <summary><c>before</c>, an instant, and <c>limit</c>.</summary>
    public static (DateTimeOffset? Before, int Limit) Fires(IQueryCollection query)
    {
        Require(query, "before", "limit");
        DateTimeOffset? before = query["before"].FirstOrDefault() is { } text ? Instant("before", text) : null;
        return (before, Number(query, "limit", DefaultRows, 1, Limits.ListRows));
    }

    private static void Require(IQueryCollection query, params string[] known)
    {
        foreach (string name in query.Keys)
        {
            if (!known.Contains(name)) throw Wrong(name, $"'{name}' is not known here; known are {string.Join(", ", known)}.");
        }
    }

    private static int Number(IQueryCollection query, string name, int otherwise, int least, int most)
    {
        if (query[name].FirstOrDefault() is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw Wrong(name, $"{name} must be a whole number from {least} to {most}.");
    }

    private static DateTimeOffset Instant(string name, string text) => Instants.TryParse(text, out DateTimeOffset at) ? at : throw Wrong(name, $"{name} must be {Instants.Form}.");

    private static ProblemException Wrong(string name, string detail) => new(Problem.InvalidField($"/{name}", detail));
}
