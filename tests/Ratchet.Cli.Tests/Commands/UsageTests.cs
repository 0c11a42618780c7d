using Ratchet.Cli.Tests.Support;

namespace Ratchet.Cli.Tests.Commands;

/// <summary>Mistakes in how the command is typed.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("'runonce' is not a command; did you mean 'run-once'?", "runonce")]
    [InlineData("'rnu' is not a command; did you mean 'run'?", "job", "rnu")]
    [InlineData("'--inptu' is not an option; did you mean '--input'?\n", "job", "run", "addition", "--inptu", "{}")]
    [InlineData("'--inptu' is not an option; did you mean '--input'?\n", "job", "run", "--inptu={}", "addition")]
    [InlineData("'--form-fs' is not an option; did you mean '--from-fs'?\n", "run-once", "--form-fs", ".")]
    [InlineData("'--sevrer' is not an option; did you mean '--server'?\n", "job", "get", "1", "--sevrer", "http://127.0.0.1:9")]
    [InlineData("'--otput' is not an option; did you mean '--output'?\n", "job", "get", "--otput")]
    [InlineData("'--xyzzy' is not an option.\n", "job", "list", "--xyzzy")]
    [InlineData("'-x' is not an option.\n", "job", "list", "-x")]
    [InlineData("Option '--from-fs' is required.", "run-once")]
    [InlineData("'ratchet job run --help' shows how it is used.", "job", "run")]
    [InlineData("--output must be table, json or yaml.", "job", "list", "-o", "xml")]
    [InlineData("--state must be one of SCHEDULED, QUEUED,", "job", "list", "--state", "done")]
    [InlineData("--limit must be from 1 to 1000.", "job", "list", "--limit", "0")]
    [InlineData("--input-json and --input-file exclude each other.", "run-once", "--from-fs", ".", "--input-json", "{}", "--input-file", "-")]
    [InlineData("there are no tasks at '/no/such/folder'; name a folder of tasks with --tasks, or in Tasks:Sources.", "serve", "--urls", "http://127.0.0.1:0", "--tasks", "/no/such/folder")]
    public async Task A_mistake_is_exit_2_with_one_sentence(string message, params string[] args) => (await RatchetProcess.RunAsync(args)).Fails(2, message);

    [Theory]
    [InlineData("Usage:\n  ratchet [command] [options]")]
    [InlineData("Usage:\n  ratchet generate [command] [options]", "generate")]
    public async Task A_noun_alone_shows_its_help_on_stderr(string usage, params string[] args) => (await RatchetProcess.RunAsync(args)).Fails(2, usage);

    [Fact]
    public async Task Help_that_was_asked_for_is_on_stdout()
    {
        RatchetResult result = await RatchetProcess.RunAsync("job", "--help");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("run <TASK>", result.Output, StringComparison.Ordinal);
    }
}
