using Ratchet.Cli.Tests.Support;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Tests.Packages;

/// <summary>Symbolic links in a task's folder: inside is fine, outside is not.</summary>
public sealed class TaskFolderTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void Links_that_stay_inside_work_as_in_a_mounted_config_map()
    {
        string folder = temp.Join("double");
        new TaskFixture().WriteTo(Path.Join(folder, "..2026"));
        File.CreateSymbolicLink(Path.Join(folder, "..data"), "..2026");
        foreach (string file in TaskFileNames.Required) File.CreateSymbolicLink(Path.Join(folder, file), $"..data/{file}");
        Assert.Empty(TaskPackageReader.Read(folder).Problems);
    }

    [Theory]
    [InlineData("../secret.js")]
    [InlineData("sub/secret.js")]
    public void A_file_that_leads_outside_is_refused(string target)
    {
        File.WriteAllText(temp.Join("secret.js"), "function main() { return {}; }");
        string folder = new TaskFixture().With("main.js", null).WriteTo(temp.Join("double"));
        File.CreateSymbolicLink(Path.Join(folder, "sub"), temp.Path);
        File.CreateSymbolicLink(Path.Join(folder, "main.js"), target);
        TaskReading reading = TaskPackageReader.Read(folder);
        Assert.Null(reading.Package);
        Assert.Equal("main.js: is a symbolic link that leaves the task's folder.", Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void A_folder_of_tests_that_leads_outside_is_refused()
    {
        Directory.CreateDirectory(temp.Join("tests"));
        File.WriteAllText(temp.Join("tests", "t.json"), "{}");
        string folder = new TaskFixture().WriteTo(temp.Join("double"));
        File.CreateSymbolicLink(Path.Join(folder, "tests"), temp.Join("tests"));
        Assert.Equal("tests/t.json: is a symbolic link that leaves the task's folder.", Assert.Single(TaskPackageReader.Read(folder).Problems).ToString());
    }

    [Fact]
    public void The_folder_itself_may_be_a_link()
    {
        new TaskFixture().WriteTo(temp.Join("releases", "7"));
        File.CreateSymbolicLink(temp.Join("double"), "releases/7");
        TaskReading reading = TaskPackageReader.Read(temp.Join("double"));
        Assert.Empty(reading.Problems);
        Assert.Equal("double", reading.Package!.Name);
    }

    [Fact]
    public void A_file_over_the_limit_is_refused()
    {
        string folder = new TaskFixture().With("main.js", new string('x', Limits.TaskFileBytes + 1)).WriteTo(temp.Join("double"));
        Assert.Equal($"main.js: is larger than {Limits.TaskFileBytes} bytes.", Assert.Single(TaskPackageReader.Read(folder).Problems).ToString());
    }
}
