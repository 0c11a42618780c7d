using Ratchet.Submissions;

namespace Ratchet.Schedules;

/// <summary>Fields of a schedule are wrong. Clients see 422.</summary>
/// <param name="pointer">JSON Pointer (RFC 6901) to the first of them: <c>/cron</c>.</param>
/// <param name="message">One sentence for people.</param>
[GenerateSerializer, Alias("ratchet.invalid-schedule")]
public sealed class InvalidScheduleException(string pointer, string message) : RatchetException(message)
{
    [Id(0)] public string Pointer { get; } = pointer;

    /// <summary>For a cron expression: where in it.</summary>
    [Id(1)] public CronPosition? Position { get; init; }

    /// <summary>What else is wrong.</summary>
    [Id(2)] public IReadOnlyList<ScheduleFault> Others { get; init; } = [];
}

/// <summary>One field of a schedule that is wrong, beside another one.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) to the field.</param>
/// <param name="Position">For a cron expression: where in it.</param>
[GenerateSerializer, Immutable, Alias("ratchet.schedule-fault")]
public sealed record ScheduleFault([property: Id(0)] string Pointer, [property: Id(1)] string Message, [property: Id(2)] CronPosition? Position = null);

/// <summary>A place in a cron expression.</summary>
/// <param name="Field">Number of the field, from 1.</param>
/// <param name="Offset">Characters before the place, in the whole expression.</param>
[GenerateSerializer, Immutable, Alias("ratchet.cron-position")]
public sealed record CronPosition([property: Id(0)] int Field, [property: Id(1)] int Offset);

/// <summary>The tenant has no such schedule or backfill. Clients see 404.</summary>
[GenerateSerializer, Alias("ratchet.schedule-not-found")]
public sealed class ScheduleNotFoundException(string message) : RatchetException(message)
{
    public static ScheduleNotFoundException Of(string id) => new($"There is no schedule '{id}'.");
}

/// <summary>What was asked does not fit the state that the schedule or the backfill is in. Clients see 409.</summary>
[GenerateSerializer, Alias("ratchet.schedule-conflict")]
public sealed class ScheduleConflictException(string message) : RatchetException(message);

/// <summary>A job as the schedule would submit it would be refused. Clients see what a submit's rejection shows.</summary>
[GenerateSerializer, Alias("ratchet.schedule-refused")]
public sealed class ScheduleRefusedException(Rejection rejection) : RatchetException(rejection.Message)
{
    [Id(0)] public Rejection Rejection { get; } = rejection;
}
