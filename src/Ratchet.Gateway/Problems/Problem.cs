using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Bodies;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Problems;

/// <summary>An error as clients see it (RFC 9457). The code is stable: it is the last part of <c>type</c>, and GraphQL's <c>extensions.code</c>.</summary>
public sealed record Problem(int Status, string Code, string Title, string Detail)
{
    /// <summary>Where in the request it is wrong: JSON Pointers (RFC 6901) and what is wrong there.</summary>
    public IReadOnlyList<(string Pointer, string Detail)> Errors { get; init; } = [];

    /// <summary>Where in files that were sent it is wrong.</summary>
    public IReadOnlyList<TaskUploadProblem> Files { get; init; } = [];

    /// <summary>Members of this kind of problem alone (RFC 9457, section 3.2), such as the state that a job is in.</summary>
    public IReadOnlyList<(string Name, string Value)> Extensions { get; init; } = [];

    /// <summary>For the error of a cron expression: the number of its field that is wrong, from 1, and the characters before the mistake.</summary>
    public (string Pointer, int Field, int Offset)? Position { get; init; }

    /// <summary>For 429 and 503: seconds until it is worth another try.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>For a content coding that is not taken (RFC 9110, section 15.5.16): those that are.</summary>
    public string? AcceptEncoding { get; init; }

    /// <summary>For a PATCH in a format that is not taken (RFC 5789, section 3.1): the one that is.</summary>
    public string? AcceptPatch { get; init; }

    public string Type => $"urn:ratchet:problem:{Code}";

    public static Problem NotFound(string detail) => new(StatusCodes.Status404NotFound, "not-found", "Not found", detail);

    public static Problem Conflict(string code, string title, string detail) => new(StatusCodes.Status409Conflict, code, title, detail);

    public static Problem UniqueConflict(string detail, JobId? holder) => Conflict("unique-conflict", "Another job holds the unique key", detail) with
    {
        Extensions = holder is { } job ? [("job", job.ToString())] : [],
    };

    public static Problem Malformed(string detail) => new(StatusCodes.Status400BadRequest, "malformed", "The request cannot be read", detail);

    public static Problem InvalidField(string pointer, string detail) => Invalid(detail) with { Errors = [(pointer, detail)] };

    /// <summary>A request that makes no sense for a reason that no single field has.</summary>
    public static Problem Invalid(string detail) => new(StatusCodes.Status422UnprocessableEntity, "invalid-field", "A field is not valid", detail);

    public static Problem IdempotencyConflict(string detail) =>
        new(StatusCodes.Status422UnprocessableEntity, "idempotency-conflict", "Idempotency key used already", detail);

    public static Problem TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large", detail);

    public static Problem UriTooLong(int most) => new(StatusCodes.Status414UriTooLong, "uri-too-long", "The address is too long", $"Path and query have more than {most} characters.");

    public static Problem MediaType(string detail) => new(StatusCodes.Status415UnsupportedMediaType, "media-type", "The media type is not supported", detail);

    /// <summary>A document of GraphQL that reads well and cannot be executed.</summary>
    public static Problem InvalidDocument(string detail) => new(StatusCodes.Status400BadRequest, "invalid-document", "The document cannot be executed", detail);

    /// <summary>A request that would cost more than one may.</summary>
    public static Problem OverLimit(string detail) => new(StatusCodes.Status400BadRequest, "over-limit", "The request asks for too much", detail);

    /// <summary>A request that a page of another site could have sent.</summary>
    public static Problem PreflightNeeded(string detail) => new(StatusCodes.Status403Forbidden, "preflight-needed", "The request could be another site's", detail);

    public static Problem NotRegistered(string detail) => new(StatusCodes.Status403Forbidden, "not-registered", "The operation is not registered", detail);

    public static Problem NotAcceptable(string detail) => new(StatusCodes.Status406NotAcceptable, "not-acceptable", "No media type is accepted", detail);

    public static Problem Method(string detail) => new(StatusCodes.Status405MethodNotAllowed, "method", "Method not allowed", detail);

    /// <summary>Too many of something at once.</summary>
    public static Problem Busy(string detail) => new(StatusCodes.Status429TooManyRequests, "busy", "Too much at once", detail) { RetryAfter = 5 };

    /// <summary>A subscriber that does not keep up: it goes on from the last event that it has had.</summary>
    public static Problem TooSlow(string detail) => new(StatusCodes.Status429TooManyRequests, "too-slow", "The subscriber does not keep up", detail);

    public static Problem PreconditionFailed(string detail = "What If-Match names is no longer there: read it again, and repeat the change on that.") =>
        new(StatusCodes.Status412PreconditionFailed, "precondition-failed", "It was changed meanwhile", detail);

    public static Problem Unavailable(string detail) => new(StatusCodes.Status503ServiceUnavailable, "unavailable", "Not available now", detail) { RetryAfter = 1 };

    /// <param name="seconds">Until another try is worth it.</param>
    public static Problem RateLimited(int count, TimeSpan window, int seconds) =>
        new(StatusCodes.Status429TooManyRequests, "rate-limited", "Too many requests", $"Your address may make {count} requests within {Durations.Format(window)}; try again in {seconds} s.") { RetryAfter = seconds };

    public static Problem Late(TimeSpan patience) =>
        new(StatusCodes.Status504GatewayTimeout, "timeout", "It took too long", $"There was no answer within {Durations.Format(patience)}. Whether a change was made is not known: look, or repeat it with the same Idempotency-Key.");

    public static Problem Internal(string requestId) =>
        new(StatusCodes.Status500InternalServerError, "internal", "An error of the server", $"The request failed through a fault of the server; its log has the details under request id {requestId}.");
}

/// <summary>Ends a request with a problem.</summary>
public sealed class ProblemException(Problem problem) : RatchetException(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
