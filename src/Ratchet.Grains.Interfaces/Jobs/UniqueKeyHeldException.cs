namespace Ratchet.Jobs;

/// <summary>A job cannot be brought back, as another one holds its unique key now. Clients see 409 with the other job.</summary>
[GenerateSerializer, Alias("ratchet.unique-key-held")]
public sealed class UniqueKeyHeldException(string key, JobId holder) : RatchetException($"The unique key '{key}' is held by job {holder}.")
{
    [Id(0)] public string Key { get; } = key;
    [Id(1)] public JobId Holder { get; } = holder;
}
