namespace Ratchet.Preconditions;

/// <summary>Somebody has changed it since, or made it, or it is gone: nothing was done. Clients see 412.</summary>
[GenerateSerializer, Alias("ratchet.precondition-failed")]
public sealed class PreconditionFailedException(string message) : RatchetException(message)
{
    /// <param name="what">Such as <c>queue 'mails'</c>.</param>
    public static PreconditionFailedException Of(string what, Precondition only) =>
        new(only.Absent ? $"The {what} is there already; nothing was changed." : $"The {what} is not as you know it any more; nothing was changed. Read it again, and repeat the change on that.");
}
