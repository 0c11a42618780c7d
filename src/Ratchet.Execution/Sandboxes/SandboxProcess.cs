using System.Diagnostics;
using Ratchet.Execution.Sandboxes.Walls;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>
/// One child process and its three pipes. Each pipe has a thread of its own: they block, and blocked threads would starve the thread pool that grains run on.
/// Everything the child says is checked; a malformed frame ends the process.
/// </summary>
internal sealed class SandboxProcess
{
    private const int ThreadStackBytes = 256 << 10;
    private static readonly TimeSpan ExitWait = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly ISandboxListener listener;
    private readonly ProcessOutbox outbox;
    private readonly ErrorTail errors;
    private readonly MemoryGroup? memory;
    private int killCause;
    private int inner;

    private SandboxProcess(Process process, ISandboxListener listener, MemoryGroup? memory)
    {
        this.memory = memory;
        this.process = process;
        this.listener = listener;
        Id = process.Id;
        outbox = new ProcessOutbox(process.StandardInput.BaseStream);
        errors = new ErrorTail(process.StandardError.BaseStream);
    }

    /// <summary>The process that was started, which may be the one that builds the sandbox's walls and waits for its end.</summary>
    public int Id { get; }

    /// <summary>The process that runs scripts; the one that was started until it has said Hello.</summary>
    public int InnerId => inner == 0 ? Id : inner;

    /// <exception cref="RatchetException">The host program cannot be executed.</exception>
    public static SandboxProcess Start(SandboxProgram program, ISandboxListener listener)
    {
        ProcessStartInfo start = program.Command();
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            Process process = StarterThread.Start(start);
            return new SandboxProcess(process, listener, program.Memory?.Create(process.Id));
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new RatchetException($"The sandbox cannot be started: {start.FileName}: {e.Message}.", e);
        }
    }

    /// <summary>Begins to listen. Apart from the start, so that the caller can note the process before it hears of it.</summary>
    public void Listen()
    {
        Spawn(errors.Read, "errors");
        Spawn(outbox.Write, "writer");
        Spawn(Read, "reader");
    }

    /// <summary>Queues whole frames; never blocks. A process that leaves too much unread is ended: the node's memory is not its to fill.</summary>
    public void Send<T>(T frame, Action<FrameWriter, T> write)
    {
        if (!outbox.Send(frame, write)) Kill(KillCause.Memory);
    }

    /// <summary>Ends the process; the first cause given is the one that counts.</summary>
    public void Kill(KillCause cause)
    {
        if (Interlocked.CompareExchange(ref killCause, (int)cause, (int)KillCause.None) != (int)KillCause.None) return;
        bool alone = inner == 0 || IsOrphaned();
        try
        {
            // Once it has spoken, the kernel ends what is behind its walls with it. Before that its builders may not have asked for that yet.
            process.Kill(entireProcessTree: inner == 0);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended by itself; the reader thread hears of it.
        }
        // Whoever was missed ends with its input, and nothing has been written to it yet.
        if (alone) outbox.End();
    }

    /// <summary>
    /// The process that was started is gone. What it had started should have ended with it; but that asks the kernel for it by itself, and who is killed before that leaves
    /// it behind, with the pipes.
    /// </summary>
    private bool IsOrphaned()
    {
        try
        {
            return process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>Has the kernel hold it to so many bytes, where it may be asked; beyond them it is ended.</summary>
    public void LimitMemory(long bytes) => memory?.Limit(bytes);

    /// <summary>Resident memory in bytes; 0 when it is gone.</summary>
    public long ResidentBytes()
    {
        try
        {
            string[] fields = File.ReadAllText($"/proc/{InnerId}/statm").Split(' ');
            return fields.Length > 1 && long.TryParse(fields[1], out long pages) ? pages * Environment.SystemPageSize : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Processor time that it has used since its start; null when it is gone.</summary>
    public TimeSpan? CpuTime()
    {
        try
        {
            using Process script = Process.GetProcessById(InnerId);
            return script.TotalProcessorTime;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private void Read()
    {
        var frames = new FrameStream(process.StandardOutput.BaseStream, FrameLimits.ToParentBytes);
        var events = new List<ChildEvent>();
        try
        {
            while (frames.Fill())
            {
                // Whoever speaks is behind all walls.
                if (inner == 0)
                {
                    FindInner();
                    // Nothing would watch its memory, nor end it with the node.
                    if (IsOrphaned()) Kill(KillCause.None);
                }
                while (frames.TryNext(out ReadOnlySpan<byte> body)) events.Add(ChildEvent.Read(body));
                if (events.Count > 0) listener.OnEvents(this, events);
                events.Clear();
            }
        }
        catch (Exception e) when (e is FrameException or IOException)
        {
            errors.Note($"protocol: {e.Message}");
            Kill(KillCause.Protocol);
        }
#pragma warning disable CA1031 // Whatever a process has said that nobody thought of: it ends that process, and not the node.
        catch (Exception e)
#pragma warning restore CA1031
        {
            errors.Note($"protocol: what it said led to {e.GetType().Name}");
            Kill(KillCause.Protocol);
        }
        listener.OnDeath(this, Bury());
    }

    private void FindInner()
    {
        inner = ProcessTree.Leaf(Id);
        if (inner != Id) memory?.Add(inner);
    }

    private Death Bury()
    {
        // The pipe's end and the exit are not the same instant; a child that closed its output and lives on is ended.
        if (!process.WaitForExit(ExitWait))
        {
            Kill(KillCause.Protocol);
            process.WaitForExit();
        }
        outbox.Close();
        string evidence = errors.Text(ExitWait);
        int code = process.ExitCode;
        process.Dispose();
        if (memory?.End() == true) Interlocked.CompareExchange(ref killCause, (int)KillCause.Memory, (int)KillCause.None);
        return new Death((KillCause)killCause, code, evidence);
    }

    private void Spawn(ThreadStart body, string name) => new Thread(body, ThreadStackBytes) { IsBackground = true, Name = $"sandbox {Id} {name}" }.Start();
}
