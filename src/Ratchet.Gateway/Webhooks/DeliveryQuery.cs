using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;
using Ratchet.Webhooks;

namespace Ratchet.Gateway.Webhooks;

/// <summary>Reads the query of GET /webhooks/{id}/deliveries: <c>state</c>, <c>type</c>, <c>job</c>, <c>before</c>, <c>limit</c>; an unknown parameter is an error.</summary>
internal static class DeliveryQuery
{
    private const int DefaultRows = 50;
    private static readonly string[] Known = ["state", "type", "job", "before", "limit"];

    public static DeliveryFilter Read(IQueryCollection query)
    {
        foreach (string name in query.Keys)
        {
            if (!Known.Contains(name)) throw Wrong(name, $"'{name}' is not known here; known are {string.Join(", ", Known)}.");
        }

        return new DeliveryFilter
        {
            State = Parsed(query, "state", State),
            Type = query["type"].FirstOrDefault(),
            Job = Parsed(query, "job", text => JobId.TryParse(text, out JobId id) ? id : throw Wrong("job", "job must be a job's id.")),
            Before = Parsed(query, "before", text => DeliveryId.TryParse(text, out Guid id) ? id : throw Wrong("before", "before must be a delivery's id.")),
            Limit = Parsed(query, "limit", Rows) ?? DefaultRows,
        };
    }

    private static T? Parsed<T>(IQueryCollection query, string name, Func<string, T> parse) where T : struct => query[name].FirstOrDefault() is { } text ? parse(text) : null;

    private static DeliveryState State(string text) => DeliveryStates.TryParse(text, out DeliveryState state)
        ? state
        : throw Wrong("state", $"'{text}' is not a state; known are {string.Join(", ", DeliveryStates.All.Select(s => s.Name()))}.");

    private static int Rows(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) && rows is >= 1 and <= Limits.ListRows
        ? rows
        : throw Wrong("limit", $"limit must be a whole number from 1 to {Limits.ListRows}.");

    private static ProblemException Wrong(string name, string detail) => new(Problem.InvalidField($"/{name}", detail));
}
