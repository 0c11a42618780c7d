using Ratchet.Execution.Packages;
using Ratchet.Execution.Sandboxes;
using Ratchet.Grains.Submissions;
using Ratchet.Schedules;
using Ratchet.Submissions;
using Ratchet.Tasks;

namespace Ratchet.Grains.Schedules;

/// <summary>Looks at what a schedule would submit while somebody is there to be told, and not at night when it fires.</summary>
public sealed class ScheduleTemplates(IGrainFactory grains, TaskPackageCache packages, ISandboxPool sandboxes, TimeProvider time)
{
    /// <exception cref="InvalidScheduleException">The template has a field that belongs to one submit.</exception>
    /// <exception cref="ScheduleRefusedException">A submit would be refused now.</exception>
    public async Task CheckAsync(string tenant, Submission job)
    {
        ScheduleRules.CheckTemplate(job);
        Refuse(SubmissionRules.Check(job, time.GetUtcNow()));
        TaskResolution resolution = await grains.GetGrain<ITaskGrain>($"{tenant}/{job.Task}").ResolveAsync(job.Version);
        Refuse(SubmissionRules.Check(job, resolution));
        TaskPackage? package = await packages.GetAsync(tenant, resolution.Version!.Reference.Digest, CancellationToken.None);
        if (package is null) throw new RatchetException($"The content of task '{job.Task}' is not in the store.");
        IReadOnlyList<IReadOnlyList<SchemaError>?> errors = await sandboxes.ValidateInputsAsync(package, [job.Input], CancellationToken.None);
        if (errors[0] is { } wrong) Refuse(SubmissionRules.InvalidInput(job.Task, wrong));
    }

    private static void Refuse(Rejection? rejection)
    {
        if (rejection is not null) throw new ScheduleRefusedException(rejection);
    }
}
