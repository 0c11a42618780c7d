using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    private static readonly Guid TaskUuid = Guid.Parse("0195f3a0-0000-7000-8000-000000000001");

    [Fact]
    public async Task A_stored_version_comes_back_as_it_was()
    {
        TaskPackage package = Package("1.2.0") with
        {
            MainJs = "export default async input => `hé ${input}\\u0000`",
            Execution = new TaskExecutionOptions { Timeout = TimeSpan.FromMilliseconds(1_500), Context = ContextMode.Fresh, HeapMb = 64, Fetch = new FetchRules(["*.example.com"], []), Breaker = new BreakerPolicy(0.5, 20, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)) },
            Retry = new RetryPolicy { MaxAttempts = 7, Factor = 1.5, Jitter = false, RetryOn = ["NetworkError"] },
        };
        await StoreAsync(package);
        TaskPackage stored = (await Tasks.GetPackageAsync(queue.Tenant, package.Digest, Cancel))!;
        Assert.Equivalent(package, stored, strict: true);
        Assert.Null(await Tasks.GetPackageAsync("someone-else", package.Digest, Cancel));
    }

    [Fact]
    public async Task The_highest_version_by_SemVer_is_current()
    {
        foreach (string version in new[] { "1.9.0", "1.10.0", "1.10.0-rc.2", "0.9.9" }) await StoreAsync(Package(version));
        IReadOnlyList<TaskVersionRecord> versions = await Tasks.GetVersionsAsync(queue.Tenant, "mail", Cancel);
        Assert.Equal(["1.10.0", "1.10.0-rc.2", "1.9.0", "0.9.9"], versions.Select(v => v.Reference.Version));
        Assert.Equal([true, false, false, false], versions.Select(v => v.Current));
        Assert.Equal(("1.10.0", true, Make.Noon), (await Tasks.ListAsync(queue.Tenant, Cancel)).Select(r => (r.Package.Version, r.Enabled, r.CreatedAt)).Single());
    }

    [Fact]
    public async Task Storing_the_same_content_again_is_harmless()
    {
        await StoreAsync(Package("1.0.0"));
        await StoreAsync(Package("1.0.0") with { Source = "/elsewhere" }, at: Make.Noon.AddDays(1));
        Assert.Single(await Tasks.GetVersionsAsync(queue.Tenant, "mail", Cancel));
    }

    [Fact]
    public async Task A_task_is_disabled_and_deleted_with_all_its_versions()
    {
        foreach (string version in new[] { "1.0.0", "2.0.0" }) await StoreAsync(Package(version));
        Assert.True(await Tasks.SetEnabledAsync(queue.Tenant, "mail", false, null, Cancel));
        Assert.False(await Tasks.SetEnabledAsync(queue.Tenant, "nothing", false, null, Cancel));
        Assert.All(await Tasks.GetVersionsAsync(queue.Tenant, "mail", Cancel), v => Assert.False(v.TaskEnabled));
        // Loading it again changes nothing of that.
        await StoreAsync(Package("2.0.0"));
        Assert.False(Assert.Single(await Tasks.ListAsync(queue.Tenant, Cancel)).Enabled);
        Assert.False(await Tasks.DeleteAsync("someone-else", "mail", null, Cancel));
        Assert.True(await Tasks.DeleteAsync(queue.Tenant, "mail", null, Cancel));
        Assert.False(await Tasks.DeleteAsync(queue.Tenant, "mail", null, Cancel));
        Assert.Empty(await Tasks.GetVersionsAsync(queue.Tenant, "mail", Cancel));
        Assert.Null(await Tasks.GetPackageAsync(queue.Tenant, Package("1.0.0").Digest, Cancel));
        await StoreAsync(Package("1.0.0") with { Digest = new string('e', 64) });
        Assert.Single(await Tasks.ListAsync(queue.Tenant, Cancel));
    }

    [Fact]
    public async Task A_version_with_other_content_is_a_conflict_that_names_both_sources()
    {
        await StoreAsync(Package("1.0.0"));
        TaskPackage changed = Package("1.0.0") with { Digest = new string('f', 64), Source = "/elsewhere" };
        TaskConflictException error = await Assert.ThrowsAsync<TaskConflictException>(() => StoreAsync(changed));
        Assert.Contains("/tasks/mail", error.Message, StringComparison.Ordinal);
        Assert.Contains("/elsewhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_stands_for_another_task_is_a_conflict()
    {
        await StoreAsync(Package("1.0.0"));
        TaskPackage other = Package("2.0.0") with { Uuid = Guid.CreateVersion7(), Source = "/elsewhere" };
        TaskConflictException error = await Assert.ThrowsAsync<TaskConflictException>(() => StoreAsync(other));
        Assert.Contains("/tasks/mail", error.Message, StringComparison.Ordinal);
        Assert.Contains("/elsewhere", error.Message, StringComparison.Ordinal);
        Assert.Single(await Tasks.GetVersionsAsync(queue.Tenant, "mail", Cancel));
    }

    [Fact]
    public async Task Versions_stored_at_once_are_all_there_and_the_highest_is_current()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => StoreAsync(Package($"1.{i}.0"))));
        IReadOnlyList<TaskVersionRecord> versions = await Tasks.GetVersionsAsync(queue.Tenant, "mail", Cancel);
        Assert.Equal(8, versions.Count);
        Assert.True(versions[0].Current);
        Assert.Equal("1.7.0", versions[0].Reference.Version);
    }

    [Fact]
    public async Task An_unknown_task_has_no_versions() => Assert.Empty(await Tasks.GetVersionsAsync(queue.Tenant, "nothing", Cancel));

    private Task<StoredTask> StoreAsync(TaskPackage package, PromotionRule rule = PromotionRule.IfNewer, string actor = "source", DateTimeOffset? at = null) =>
        Tasks.StoreAsync(queue.Tenant, package, rule, actor, at ?? Make.Noon, Cancel);

    private static TaskPackage Package(string version) => new()
    {
        Name = "mail",
        Uuid = TaskUuid,
        Version = version,
        Label = "Mail",
        Description = "Sends a mail.",
        Digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(version))),
        Metadata = "{}",
        InputSchema = "{}",
        OutputSchema = "{}",
        MainJs = "export default x => x",
        Execution = new TaskExecutionOptions(),
        Retry = new RetryPolicy(),
        Source = "/tasks/mail",
    };
}
