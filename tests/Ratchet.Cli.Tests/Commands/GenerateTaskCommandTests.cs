using Ratchet.Cli.Tests.Support;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Tests.Commands;

public sealed class GenerateTaskCommandTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task The_new_task_is_good_and_called_as_asked()
    {
        (await RatchetProcess.RunAsync("generate", "task", "--path", temp.Join("hello"), "--label", "Größe \"x\"", "--description", "D", "--version", "0.2.0-rc.1", "--name", "hi"))
            .Is(0, temp.Join("hello") + "\n");
        TaskReading reading = TaskPackageReader.Read(temp.Join("hello"));
        Assert.Empty(reading.Problems);
        Assert.Equal(("hi", "Größe \"x\"", "D", "0.2.0-rc.1"), (reading.Package!.Name, reading.Package.Label, reading.Package.Description, reading.Package.Version));
        Assert.Single(reading.Tests);
    }

    [Fact]
    public async Task An_empty_folder_is_filled_and_a_full_one_refused()
    {
        Directory.CreateDirectory(temp.Join("empty"));
        (await RatchetProcess.RunAsync("generate", "task", "--path", temp.Join("empty"))).Is(0, temp.Join("empty") + "\n");
        (await RatchetProcess.RunAsync("generate", "task", "--path", temp.Join("empty"))).Fails(2, "is not empty.");
    }

    [Theory]
    [InlineData("'a b' cannot be a task's name", "--name", "a b")]
    [InlineData("'1' is no version as of SemVer 2.0.0", "--version", "1")]
    [InlineData("--label must have 1 to 200 characters.", "--label", " ")]
    public async Task What_validate_would_refuse_is_refused_at_once(string message, params string[] args)
    {
        (await RatchetProcess.RunAsync(["generate", "task", "--path", temp.Join("hello"), .. args])).Fails(2, message);
        Assert.False(Directory.Exists(temp.Join("hello")));
    }
}
