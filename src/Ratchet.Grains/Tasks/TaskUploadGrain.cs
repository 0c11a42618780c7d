using Orleans.Concurrency;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Tasks;

namespace Ratchet.Grains.Tasks;

/// <summary>See <see cref="ITaskUploadGrain"/>. Read and checked here, where the sandboxes are: a gateway runs and unpacks nothing.</summary>
[StatelessWorker(MostAtOnce)]
public sealed class TaskUploadGrain(ISandboxPool sandboxes, TaskMetrics metrics) : Grain, ITaskUploadGrain
{
    /// <summary>On a silo; each may hold a zip and its contents in memory.</summary>
    private const int MostAtOnce = 2;

    public async Task<TaskUploadReply> UploadAsync(string tenant, TaskUpload upload, CancellationToken cancel)
    {
        TaskReading reading = TaskPackageReader.ReadZip(upload.Zip, upload.Name, $"upload by {upload.Actor}");
        IReadOnlyList<TaskProblem> problems = await TaskValidation.CheckAsync(sandboxes, reading, cancel);
        if (problems.Count > 0)
        {
            metrics.Uploaded("INVALID");
            return new TaskUploadReply(null, [.. problems.Select(p => new TaskUploadProblem(p.File, p.Line, p.Column, p.Message))]);
        }

        TaskPackage package = reading.Package!;
        ITaskGrain task = GrainFactory.GetGrain<ITaskGrain>(new TaskKey(tenant, package.Name).GrainKey);
        try
        {
            StoredTask stored = await task.StoreAsync(package, upload.Promotion, upload.Actor);
            metrics.Uploaded(stored.Created ? "STORED" : "EXISTING");
            return new TaskUploadReply(stored, []) { Version = (await task.GetVersionAsync(stored.Reference.Version))?.View };
        }
        catch (TaskConflictException)
        {
            metrics.Uploaded("CONFLICT");
            throw;
        }
    }
}
