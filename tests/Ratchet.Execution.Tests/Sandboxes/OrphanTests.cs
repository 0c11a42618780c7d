using Ratchet.Execution.Sandboxes;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>A process whose starter is killed before it has asked to end with it: it lives, holds the pipes, and nothing watches it.</summary>
public sealed class OrphanTests
{
    [Fact]
    public async Task A_sandbox_whose_starter_is_gone_ends_when_it_speaks()
    {
        var listener = new Listener();
        using var script = new TemporaryScript("exec 3<&0\n\"$0\" \"$1\" <&3 3<&- &\nexit 0\n");
        SandboxProcess process = SandboxProcess.Start(script.Program, listener);
        process.Listen();
        // Its end is the pipes' end: they are the sandbox's too.
        await listener.Died.Task.WaitAsync(PoolFixture.Patience, TestContext.Current.CancellationToken);
        Assert.True(listener.Spoke);
    }

    private sealed class Listener : ISandboxListener
    {
        public TaskCompletionSource<Death> Died { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Spoke { get; private set; }

        public void OnEvents(SandboxProcess process, List<ChildEvent> events) => Spoke |= events.Exists(happened => happened.Type == FrameType.Hello);

        public void OnDeath(SandboxProcess process, Death death) => Died.TrySetResult(death);
    }

    /// <summary>Runs instead of the .NET host, which is its first argument.</summary>
    private sealed class TemporaryScript : IDisposable
    {
        private readonly string path = Path.Combine(Path.GetTempPath(), $"ratchet-orphan-{Guid.CreateVersion7():N}.sh");

        public TemporaryScript(string text)
        {
            SandboxProgram real = SandboxProgram.Find(new SandboxOptions());
            File.WriteAllText(path, text.Replace("$0", real.Host, StringComparison.Ordinal).Replace("$1", real.Assembly, StringComparison.Ordinal));
            Program = new SandboxProgram("/bin/sh", path);
        }

        public SandboxProgram Program { get; }

        public void Dispose() => File.Delete(path);
    }
}
