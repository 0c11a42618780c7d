namespace Ratchet.Tasks;

/// <summary>Stateless worker: reads a zip that somebody sent, checks it in a sandbox and gives it to its task. Key: 0.</summary>
[Alias("ratchet.ITaskUploadGrain")]
public interface ITaskUploadGrain : IGrainWithIntegerKey
{
    /// <summary>Stores the version in the zip, unless something is wrong with it. Sending the same again is harmless.</summary>
    /// <exception cref="TaskConflictException">The version is there with other content, or the name is another task's.</exception>
    /// <exception cref="RatchetException">The sandbox or the store cannot take it now.</exception>
    // Checks go one at a time, and each may take as long as a task's load may.
    [Alias("upload"), ResponseTimeout("00:02:00")]
    Task<TaskUploadReply> UploadAsync(string tenant, [Immutable] TaskUpload upload, CancellationToken cancel = default);
}

/// <summary>A task as somebody sent it.</summary>
/// <param name="Zip">At most <see cref="Limits.TaskZipBytes"/>.</param>
/// <param name="Name">The name when metadata gives none; null: there must be one in the metadata.</param>
/// <param name="Actor">Who sent it, for the task's history.</param>
[GenerateSerializer, Immutable, Alias("ratchet.task-upload")]
public sealed record TaskUpload([property: Id(0)] byte[] Zip, [property: Id(1)] string? Name, [property: Id(2)] PromotionRule Promotion, [property: Id(3)] string Actor);

/// <summary>Exactly one of both: what was stored, or everything that is wrong with it.</summary>
[GenerateSerializer, Immutable, Alias("ratchet.task-upload-reply")]
public sealed record TaskUploadReply([property: Id(0)] StoredTask? Stored, [property: Id(1)] IReadOnlyList<TaskUploadProblem> Problems)
{
    /// <summary>The version as it is stored.</summary>
    [Id(2)] public TaskVersionView? Version { get; init; }
}

/// <param name="File">Relative to the task's folder: <c>main.js</c>.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Column">From 1; 0 when unknown.</param>
[GenerateSerializer, Immutable, Alias("ratchet.task-upload-problem")]
public sealed record TaskUploadProblem([property: Id(0)] string File, [property: Id(1)] int Line, [property: Id(2)] int Column, [property: Id(3)] string Message);
