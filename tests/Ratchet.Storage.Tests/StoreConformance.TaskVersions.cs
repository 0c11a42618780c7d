using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Tasks;
using Ratchet.Tasks;

namespace Ratchet.Storage.Tests;

public abstract partial class StoreConformance<TDatabase>
{
    [Fact]
    public async Task A_version_becomes_current_as_the_rule_says_and_the_history_tells_who_made_it_so()
    {
        Assert.True((await StoreAsync(Package("1.0.0"), PromotionRule.Never)).Current);
        Assert.Equal((true, false), Outcome(await StoreAsync(Package("1.1.0"), PromotionRule.Never)));
        Assert.Equal((true, true), Outcome(await StoreAsync(Package("1.2.0"), actor: "client", at: Make.Noon.AddMinutes(1))));
        Assert.Equal((true, false), Outcome(await StoreAsync(Package("0.9.0"))));
        Assert.Equal((true, true), Outcome(await StoreAsync(Package("0.8.0"), PromotionRule.Always)));
        Assert.Equal((false, true), Outcome(await StoreAsync(Package("1.1.0"), PromotionRule.Always)));
        Assert.Equal("1.1.0", await CurrentAsync());
        Assert.Equal(
            [(4, "1.1.0", "source"), (3, "0.8.0", "source"), (2, "1.2.0", "client"), (1, "1.0.0", "source")],
            (await Tasks.GetPromotionsAsync(queue.Tenant, "mail", 10, Cancel)).Select(p => ((int)p.Sequence, p.Version, p.Actor)));
        TaskPromotion third = (await Tasks.GetPromotionsAsync(queue.Tenant, "mail", 3, Cancel))[2];
        Assert.Equal((PromotionKind.Stored, Package("1.2.0").Digest, Make.Noon.AddMinutes(1)), (third.Kind, third.Digest, third.At));
    }

    [Fact]
    public async Task What_was_rolled_back_does_not_come_back_by_being_stored_again_and_the_next_fix_does()
    {
        foreach (string version in new[] { "1.0.0", "2.0.0" }) await StoreAsync(Package(version));
        Assert.True(await MoveAsync("2.0.0", "1.0.0", PromotionKind.RolledBack));
        Assert.Equal((false, false), Outcome(await StoreAsync(Package("2.0.0"))));
        Assert.Equal((true, false), Outcome(await StoreAsync(Package("0.5.0"))));
        Assert.Equal("1.0.0", await CurrentAsync());
        Assert.Equal((true, true), Outcome(await StoreAsync(Package("1.0.1"))));
        Assert.Equal("1.0.1", await CurrentAsync());
    }

    [Fact]
    public async Task A_version_becomes_current_only_from_the_one_that_is_and_only_when_it_is_in_use()
    {
        foreach (string version in new[] { "1.0.0", "2.0.0", "3.0.0" }) await StoreAsync(Package(version));
        Assert.False(await MoveAsync("2.0.0", "1.0.0"));
        Assert.False(await Tasks.PromoteAsync("someone-else", "mail", Package("3.0.0").Digest, Package("1.0.0").Digest, PromotionKind.Promoted, "client", Make.Noon, Cancel));
        Assert.False(await MoveAsync("3.0.0", "9.0.0"));
        Assert.True(await EnableAsync("1.0.0", false));
        Assert.False(await MoveAsync("3.0.0", "1.0.0"));
        Assert.Equal([("3.0.0", true), ("2.0.0", true), ("1.0.0", false)], (await Tasks.GetVersionsAsync(queue.Tenant, "mail", Cancel)).Select(v => (v.Reference.Version, v.Enabled)));
        // Disabling the current one would leave jobs without a version.
        Assert.False(await EnableAsync("3.0.0", false));
        Assert.False(await EnableAsync("9.0.0", false));
        Assert.True(await EnableAsync("1.0.0", true));
        Assert.True(await MoveAsync("3.0.0", "1.0.0"));
        Assert.Equal(4, (await Tasks.GetPromotionsAsync(queue.Tenant, "mail", 10, Cancel)).Count);
    }

    [Fact]
    public async Task Of_two_that_promote_at_once_one_does()
    {
        foreach (string version in new[] { "1.0.0", "2.0.0", "3.0.0" }) await StoreAsync(Package(version));
        bool[] moved = await Task.WhenAll(MoveAsync("3.0.0", "1.0.0"), MoveAsync("3.0.0", "2.0.0"));
        Assert.Single(moved, true);
        Assert.Equal(moved[0] ? "1.0.0" : "2.0.0", await CurrentAsync());
    }

    [Fact]
    public async Task A_version_is_deleted_when_it_is_not_current_and_no_unfinished_job_needs_it()
    {
        foreach (string version in new[] { "1.0.0", "2.0.0" }) await StoreAsync(Package(version));
        NewJob job = Make.Job(queue) with { Task = Package("1.0.0").Reference };
        await InsertAsync(job);
        Assert.False(await DeleteVersionAsync("2.0.0"));
        Assert.False(await DeleteVersionAsync("1.0.0"));
        Assert.Equal([true], await MoveAsync(Make.Move(job, JobTransition.Cancel)));
        Assert.True(await DeleteVersionAsync("1.0.0"));
        Assert.False(await DeleteVersionAsync("1.0.0"));
        Assert.Equal("2.0.0", Assert.Single(await Tasks.GetVersionsAsync(queue.Tenant, "mail", Cancel)).Reference.Version);
        // What it was stays in the history; the number is free for other content.
        Assert.Equal(["2.0.0", "1.0.0"], (await Tasks.GetPromotionsAsync(queue.Tenant, "mail", 10, Cancel)).Select(p => p.Version));
        Assert.True((await StoreAsync(Package("1.0.0") with { Digest = new string('d', 64) })).Created);
    }

    [Fact]
    public async Task Other_content_of_a_version_is_a_revision_for_those_who_follow_it()
    {
        await StoreAsync(Package("1.0.0"));
        Assert.Equal("1.0.0+r2", (await StoreAsync(Changed('a'), PromotionRule.Follow)).Reference.Version);
        Assert.Equal("1.0.0+r3", (await StoreAsync(Changed('b'), PromotionRule.Follow)).Reference.Version);
        Assert.Equal(new StoredTask(new TaskReference("mail", "1.0.0+r2", Changed('a').Digest), Created: false, Current: true) { Promoted = true }, await StoreAsync(Changed('a'), PromotionRule.Follow));
        Assert.Equal("1.0.0+r2", await CurrentAsync());
        Assert.Equal("1.0.0+r2", (await Tasks.GetPackageAsync(queue.Tenant, Changed('a').Digest, Cancel))!.Version);
        // What was written first can be had again.
        Assert.Equal((false, true), Outcome(await StoreAsync(Package("1.0.0"), PromotionRule.Follow)));
        await Assert.ThrowsAsync<TaskConflictException>(() => StoreAsync(Changed('c')));
        // The next version goes above all of them.
        Assert.True((await StoreAsync(Package("1.0.1"))).Current);

        TaskPackage Changed(char digest) => Package("1.0.0") with { Digest = new string(digest, 64) };
    }

    [Fact]
    public async Task The_same_content_under_another_name_is_a_conflict_that_leaves_nothing_behind()
    {
        await StoreAsync(Package("1.0.0"));
        TaskConflictException error = await Assert.ThrowsAsync<TaskConflictException>(() => StoreAsync(Package("1.0.0") with { Name = "post" }));
        Assert.Contains("is called 'mail' already", error.Message, StringComparison.Ordinal);
        await StoreAsync(Package("5.0.0") with { Name = "post", Uuid = Guid.CreateVersion7() });
    }

    [Fact]
    public async Task A_deleted_task_takes_its_history_with_it()
    {
        await StoreAsync(Package("1.0.0"));
        Assert.True(await Tasks.DeleteAsync(queue.Tenant, "mail", null, Cancel));
        Assert.Empty(await Tasks.GetPromotionsAsync(queue.Tenant, "mail", 10, Cancel));
        await StoreAsync(Package("0.1.0"));
        Assert.Equal(1, Assert.Single(await Tasks.GetPromotionsAsync(queue.Tenant, "mail", 10, Cancel)).Sequence);
    }

    private static (bool Created, bool Current) Outcome(StoredTask stored) => (stored.Created, stored.Current);

    private async Task<string> CurrentAsync() => (await Tasks.GetVersionsAsync(queue.Tenant, "mail", Cancel)).Single(v => v.Current).Reference.Version;

    private Task<bool> MoveAsync(string from, string to, PromotionKind kind = PromotionKind.Promoted) =>
        Tasks.PromoteAsync(queue.Tenant, "mail", Package(from).Digest, Package(to).Digest, kind, "client", Make.Noon, Cancel);

    private Task<bool> EnableAsync(string version, bool enabled) => Tasks.SetVersionEnabledAsync(queue.Tenant, "mail", Package(version).Digest, enabled, Cancel);

    private Task<bool> DeleteVersionAsync(string version) => Tasks.DeleteVersionAsync(queue.Tenant, "mail", Package(version).Digest, Cancel);
}
