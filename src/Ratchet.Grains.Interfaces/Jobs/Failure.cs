namespace Ratchet.Jobs;

/// <summary>Why an attempt did not complete.</summary>
/// <param name="Kind">The kind that retry policy reads.</param>
/// <param name="Name">Class of the error that the task threw (<c>NetworkError</c>, <c>TypeError</c>), or the kind's own name.</param>
/// <param name="Message">One sentence for people; at most 8 KiB are kept.</param>
/// <param name="Stack">Where in <c>main.js</c> it was thrown, when known; at most 16 KiB are kept.</param>
/// <param name="Details">For schema failures: a JSON array of <c>{pointer, keyword, message}</c>; for HttpError: <c>{"status":503}</c>.</param>
[GenerateSerializer, Immutable, Alias("ratchet.failure")]
public sealed record Failure(
    [property: Id(0)] FailureKind Kind,
    [property: Id(1)] string Name,
    [property: Id(2)] string Message,
    [property: Id(3)] string? Stack = null,
    [property: Id(4)] string? Details = null);
