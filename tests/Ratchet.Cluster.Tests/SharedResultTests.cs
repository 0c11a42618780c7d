using System.Text;
using Ratchet.History;
using Ratchet.Jobs;
using Ratchet.Submissions;

namespace Ratchet.Cluster.Tests;

/// <summary>Of equal jobs one is run, over all nodes. <see cref="KillAndRestartTests"/> has the death of a node.</summary>
public sealed class SharedResultTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Fact]
    public async Task Over_two_queues_and_two_nodes_one_is_run()
    {
        string name = Guid.CreateVersion7().ToString("N");
        Submission shared = new() { Task = "shared", Input = Encoding.UTF8.GetBytes($$"""{"test":"{{name}}","ms":200}""") };
        IReadOnlyList<JobId>[] ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => silos.SubmitAsync(Enumerable.Repeat(shared with { Queue = $"{name}-{i % 2}" }, 50))));
        IReadOnlyList<JobHistory> ended = await silos.EndsOfAsync([.. ids.SelectMany(i => i)]);
        Assert.All(ended, h => Assert.Equal(JobState.Completed, h.Job.State));
        JobHistory run = Assert.Single(ended, h => h.Executions.Count > 0);
        Assert.All(ended.Where(h => h != run), h => Assert.Equal(run.Job.Id, h.Job.CachedFrom));
    }
}
