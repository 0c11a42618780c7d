using Ratchet.Cli.Tests.Support;
using Ratchet.Tests.Support;

namespace Ratchet.Cli.Tests.Commands;

/// <summary>Every task of <c>samples/tasks</c> is valid and passes its own tests.</summary>
public sealed class SampleTaskTests
{
    public static TheoryData<string> Samples => [.. Directory.GetDirectories(Folder()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_is_valid_and_its_tests_pass(string name)
    {
        string task = Path.Join(Folder(), name);
        RatchetResult validated = await RatchetProcess.RunAsync("validate", "--from-fs", task);
        Assert.Equal((0, validated.Output), (validated.ExitCode, $"{name} 1.0.0 is valid ({Directory.GetFiles(Path.Join(task, "tests")).Length} tests).\n"));
        RatchetResult tested = await RatchetProcess.RunAsync("test", "--from-fs", task);
        Assert.True(tested.ExitCode == 0, tested.Output + tested.Error);
    }

    private static string Folder() => Path.Join(Repository.Root, "samples", "tasks");
}
