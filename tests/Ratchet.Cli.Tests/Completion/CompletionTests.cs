using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Ratchet.Cli.Completion;
using Ratchet.Cli.Tests.Support;
using Ratchet.Tests.Support;

namespace Ratchet.Cli.Tests.Completion;

/// <summary>What a Tab brings: in a real bash with the script that the command prints, and as the command answers any shell.</summary>
public sealed class CompletionTests(ServerStandIn server) : IClassFixture<ServerStandIn>
{
    [Theory]
    // Commands; and no options until a dash is typed.
    [InlineData("ratchet job pri", "priority")]
    [InlineData("ratchet job r", "run", "retry")]
    // Options, and not those that were given.
    [InlineData("ratchet job run addition --esc", "--escalate-after", "--escalate-to")]
    [InlineData("ratchet job run addition --escalate-to high --esc", "--escalate-after")]
    // Values.
    [InlineData("ratchet job run addition --priority ", "low", "normal", "high", "urgent")]
    [InlineData("ratchet job run addition --priority=h", "high")]
    [InlineData("ratchet job list -o=y", "yaml")]
    [InlineData("ratchet job run addition --priority:h")]
    [InlineData("ratchet schedule update nightly --overlap ", "skip", "allow", "queue-one", "cancel-running")]
    [InlineData("ratchet job list -o y", "yaml")]
    [InlineData("ratchet job list --state QUEUED,CO", "QUEUED,COMPLETED")]
    [InlineData("ratchet job run addition --retry-strategy ", "fixed", "linear", "exponential")]
    [InlineData("ratchet job priority 1 u", "urgent")]
    [InlineData("ratchet limit set ", "key", "queue", "task")]
    [InlineData("ratchet completion ", "bash", "zsh", "fish", "pwsh")]
    // By any path that it goes by.
    [InlineData("./ratchet job pri", "priority")]
    // Nothing of its own: bash goes on with files.
    [InlineData("ratchet run-once --from-fs ")]
    public async Task Bash_completes_commands_options_and_values(string line, params string[] words) => Assert.Equal(words.Order(), await BashAsync(line));

    [Theory]
    [InlineData("ratchet job run --server {0} ")]
    [InlineData("ratchet job list --server {0} --task a")]
    [InlineData("ratchet task show --server {0} add")]
    public async Task Names_come_from_the_server(string line)
    {
        RootCommand root = RatchetCommand.Create();
        line = string.Format(CultureInfo.InvariantCulture, line, server.Url);
        Assert.Equal(["addition"], await new Suggestions(root, new ParserConfiguration(), new PatientTime()).ListAsync(line, line.Length, TestContext.Current.CancellationToken));
    }

    /// <summary>And who has none is not told about it in the middle of a line.</summary>
    [Fact]
    public async Task A_server_that_is_not_there_has_no_names()
    {
        string line = $"ratchet job list --server http://127.0.0.1:{FreePort.Next()} --task ";
        RatchetResult result = await RatchetProcess.RunAsync($"[suggest:{line.Length}]", line);
        result.Is(0, "");
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _ratchet ratchet")]
    [InlineData("zsh", "#compdef ratchet")]
    [InlineData("fish", "complete -c ratchet")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task There_is_a_script_for_each_shell(string shell, string part)
    {
        RatchetResult result = await RatchetProcess.RunAsync("completion", shell);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(part, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_shell_is_a_mistake() => (await RatchetProcess.RunAsync("completion", "tcsh")).Fails(2, "SHELL must be bash, zsh, fish or pwsh.");

    /// <summary>Presses Tab at the end of the line, as bash does it: with the line in words, by the function that the script has registered.</summary>
    private static async Task<string[]> BashAsync(string line)
    {
        using TempFolder temp = new();
        File.WriteAllText(temp.Join("ratchet"), $"#!/bin/sh\nexec dotnet '{Repository.Program}' \"$@\"\n");
        // An interactive bash would read the line from a terminal; what Tab does there is this.
        const string Script = """
            set -u
            chmod +x ratchet
            source <(ratchet completion bash)
            function=$(complete -p ratchet | sed -E 's/.* -F ([^ ]+) .*/\1/')
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<<"${1//=/ = }"
            [[ $1 == *[' =']  ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            "$function"
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        ProcessStartInfo start = new("bash") { RedirectStandardOutput = true, WorkingDirectory = temp.Path, ArgumentList = { "--norc", "-c", Script, "bash", line } };
        start.Environment["PATH"] = $"{temp.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["RATCHET_URL"] = "http://127.0.0.1:9";
        using Process bash = Process.Start(start)!;
        string output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order()];
    }

    /// <summary>Nothing is ever late: how fast this machine is matters to nobody.</summary>
    private sealed class PatientTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
    }
}
