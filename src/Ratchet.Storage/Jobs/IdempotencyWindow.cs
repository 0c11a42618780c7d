namespace Ratchet.Storage.Jobs;

/// <summary>How long a key stands for its job: 24 h from the submit that brought it. Afterwards the key is free again.</summary>
internal static class IdempotencyWindow
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);
}
