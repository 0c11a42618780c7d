using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>How a log is asked for.</summary>
/// <param name="Follow">As a stream of server-sent events that ends with the job, not as the lines that are stored.</param>
/// <param name="After">The last line that the client has had, by <c>Last-Event-ID</c>.</param>
internal readonly record struct LogRequest(bool Follow, LogPlace After)
{
    public const string EventStream = "text/event-stream";

    /// <exception cref="ProblemException">A parameter makes no sense.</exception>
    public static LogRequest Of(HttpRequest request)
    {
        string? follow = request.Query["follow"];
        bool accepts = request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase));
        return follow switch
        {
            null => new LogRequest(accepts, PlaceOf(request)),
            "true" => new LogRequest(true, PlaceOf(request)),
            "false" => new LogRequest(false, default),
            _ => throw new ProblemException(Problem.InvalidField("/follow", "must be true or false")),
        };
    }

    /// <summary>The id of the event of a line: its execution, and its number in it, from 1.</summary>
    public static string IdOf(Guid execution, int line) => string.Create(CultureInfo.InvariantCulture, $"{execution:D}/{line}");

    private static LogPlace PlaceOf(HttpRequest request)
    {
        string? id = request.Headers["Last-Event-ID"];
        return string.IsNullOrEmpty(id) ? default : Place(id);
    }

    /// <summary>The place behind a line, by the id of its event.</summary>
    public static LogPlace Place(string id)
    {
        int slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Guid.TryParse(id.AsSpan(0, slash), out Guid execution) && int.TryParse(id.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int lines)
            ? new LogPlace(execution, lines)
            : throw new ProblemException(Problem.Malformed("That is not the id of an event of a log: an execution and a number of lines."));
    }
}
