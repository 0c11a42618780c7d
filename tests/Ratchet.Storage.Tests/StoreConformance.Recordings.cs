using Ratchet.Jobs;
using Ratchet.Recordings;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Recordings;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    private IRecordingStore Recordings => fixture.Store.Recordings;

    private NewRecording RecordingOf(NewJob job, Guid? execution = null, string outcome = "FAILED", DateTimeOffset? at = null) => new(
        execution ?? Guid.CreateVersion7(), job.Id, queue.Tenant, at ?? Make.Noon, 2, job.Task.Name, job.Task.Version, outcome, [1, 2, 0, 255]);

    [Fact]
    public async Task A_recording_comes_back_as_it_was_and_to_its_tenant_alone()
    {
        NewJob job = await QueuedAsync();
        NewRecording recording = RecordingOf(job);
        await Recordings.SaveAsync([recording, RecordingOf(job)], Cancel);
        // Given twice, as after an unknown outcome; the first one stays.
        await Recordings.SaveAsync([recording with { Content = [9] }], Cancel);
        Assert.Equal(recording.Content, await Recordings.ReadAsync(queue.Tenant, recording.Execution, Cancel));
        Assert.Null(await Recordings.ReadAsync("someone-else", recording.Execution, Cancel));
        Assert.Null(await Recordings.ReadAsync(queue.Tenant, Guid.CreateVersion7(), Cancel));
    }

    [Fact]
    public async Task Recordings_of_a_task_are_listed_newest_first()
    {
        NewJob job = await QueuedAsync();
        Guid[] ids = [.. Enumerable.Range(0, 4).Select(i => Guid.CreateVersion7(Make.Noon.AddSeconds(i)))];
        await Recordings.SaveAsync([RecordingOf(job, ids[2]), RecordingOf(job, ids[0]), RecordingOf(job, ids[3], "COMPLETED"), RecordingOf(job, ids[1])], Cancel);
        IReadOnlyList<RecordingView> all = await Recordings.ListAsync(queue.Tenant, job.Task.Name, null, 3, Cancel);
        Assert.Equal([ids[3], ids[2], ids[1]], all.Select(r => r.Execution));
        Assert.Equal((job.Id, 2, job.Task.Version, "COMPLETED", Make.Noon, 4), (all[0].Job, all[0].Attempt, all[0].Version, all[0].Outcome, all[0].CreatedAt, all[0].Size));
        Assert.Equal([ids[3]], (await Recordings.ListAsync(queue.Tenant, job.Task.Name, "COMPLETED", 10, Cancel)).Select(r => r.Execution));
        Assert.Empty(await Recordings.ListAsync("someone-else", job.Task.Name, null, 10, Cancel));
    }

    [Fact]
    public async Task An_execution_says_whether_it_is_recorded_and_a_deleted_job_takes_its_recordings_along()
    {
        NewJob job = await QueuedAsync();
        AttemptEnd end = Make.End(job, JobTransition.Fail);
        NewRecording recording = RecordingOf(job, end.Execution);
        await Recordings.SaveAsync([recording], Cancel);
        Assert.Equal([true], await EndAsync(end));
        Assert.True(Assert.Single(await ExecutionsAsync(job)).Recorded);
        Assert.Single(await Jobs.DeleteAsync(queue.Tenant, [job.Id], Make.Noon, "test", Cancel));
        Assert.Null(await Recordings.ReadAsync(queue.Tenant, recording.Execution, Cancel));
    }

    [Fact]
    public async Task Old_recordings_are_swept_and_young_ones_stay()
    {
        NewJob job = await QueuedAsync();
        // Older than those of all other tests, which share the database.
        NewRecording old = RecordingOf(job, at: Make.Noon.AddYears(-1)), young = RecordingOf(job);
        await Recordings.SaveAsync([old, young], Cancel);
        Assert.Equal(1, await fixture.Store.Retention.SweepRecordingsAsync(Make.Noon.AddMonths(-6), 100, Cancel));
        Assert.Null(await Recordings.ReadAsync(queue.Tenant, old.Execution, Cancel));
        Assert.NotNull(await Recordings.ReadAsync(queue.Tenant, young.Execution, Cancel));
    }
}
