using Ratchet.Cli.Tests.Support;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Packages.Sources;

namespace Ratchet.Cli.Tests.Packages;

public sealed class TaskSourceScannerTests : IDisposable
{
    private const string OtherUuid = "7b1c1d1e-58a5-4f0e-9a35-0c4f9c3b7a11";
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void Folders_and_zips_are_found_and_a_broken_one_hides_nothing()
    {
        new TaskFixture().WriteTo(temp.Join("a", "one"));
        Other("two").ZipTo(temp.Join("a", "two.zip"));
        new TaskFixture().With("metadata.json", "{").WriteTo(temp.Join("a", "broken"));
        Directory.CreateDirectory(temp.Join("a", "no-task"));
        File.WriteAllText(temp.Join("a", "README.md"), "");

        TaskScan scan = TaskSourceScanner.Scan([temp.Join("a")]);
        Assert.Equal(["one", "two"], scan.Packages.Select(p => p.Name));
        TaskFault fault = Assert.Single(scan.Faults);
        Assert.Equal(temp.Join("a", "broken"), fault.Source);
        Assert.StartsWith(temp.Join("a", "broken", "metadata.json:1:2: is not valid JSON"), Assert.Single(fault.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_a_task_itself_counts()
    {
        new TaskFixture().WriteTo(temp.Join("one"));
        Assert.Equal("one", Assert.Single(TaskSourceScanner.Scan([temp.Join("one")]).Packages).Name);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_a_fault()
    {
        Assert.Equal($"{temp.Join("nope")}: is neither a folder nor a file.", Assert.Single(Assert.Single(TaskSourceScanner.Scan([temp.Join("nope")]).Faults).Lines));
    }

    [Fact]
    public void The_same_version_with_other_content_is_a_fault_that_names_both_places()
    {
        new TaskFixture().WriteTo(temp.Join("a", "one"));
        new TaskFixture().With("main.js", "function main() { return 1; }").WriteTo(temp.Join("b", "one"));
        TaskScan scan = TaskSourceScanner.Scan([temp.Join("a"), temp.Join("b")]);
        Assert.Equal(temp.Join("a", "one"), Assert.Single(scan.Packages).Source);
        string line = Assert.Single(Assert.Single(scan.Faults).Lines);
        Assert.Contains("has other content than in " + temp.Join("a", "one"), line, StringComparison.Ordinal);
        Assert.Contains(temp.Join("b", "one"), line, StringComparison.Ordinal);
    }

    [Fact]
    public void Identical_copies_and_further_versions_are_fine()
    {
        new TaskFixture().WriteTo(temp.Join("a", "one"));
        new TaskFixture().WriteTo(temp.Join("b", "one"));
        new TaskFixture().With("metadata.json", TaskFixture.Metadata.Replace("1.0.0", "1.1.0", StringComparison.Ordinal)).WriteTo(temp.Join("c", "one"));
        TaskScan scan = TaskSourceScanner.Scan([temp.Join("a"), temp.Join("b"), temp.Join("c"), temp.Join("a")]);
        Assert.Empty(scan.Faults);
        Assert.Equal(["1.0.0", "1.1.0"], scan.Packages.Select(p => p.Version));
    }

    [Fact]
    public void One_name_for_two_tasks_and_two_names_for_one_are_faults()
    {
        new TaskFixture().WriteTo(temp.Join("a", "one"));
        Other("one").WriteTo(temp.Join("b", "one"));
        new TaskFixture().WriteTo(temp.Join("c", "renamed"));
        TaskScan scan = TaskSourceScanner.Scan([temp.Join("a"), temp.Join("b"), temp.Join("c")]);
        Assert.Single(scan.Packages);
        Assert.Contains($"the name \"one\" belongs to task {TaskFixture.Uuid} in {temp.Join("a", "one")}", scan.Faults[0].Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("is called \"one\" in", scan.Faults[1].Problems[0].Message, StringComparison.Ordinal);
    }

    private static TaskFixture Other(string name) =>
        new TaskFixture().With("metadata.json", TaskFixture.Metadata.Replace(TaskFixture.Uuid, OtherUuid, StringComparison.Ordinal)).With("name", name);
}
