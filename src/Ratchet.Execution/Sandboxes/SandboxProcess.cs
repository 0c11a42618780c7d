using System.Diagnostics;
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
    private int killCause;

    private SandboxProcess(Process process, ISandboxListener listener)
    {
        this.process = process;
        this.listener = listener;
        Id = process.Id;
        outbox = new ProcessOutbox(process.StandardInput.BaseStream);
        errors = new ErrorTail(process.StandardError.BaseStream);
    }

    public int Id { get; }

    /// <exception cref="RatchetException">The host program cannot be executed.</exception>
    public static SandboxProcess Start(SandboxProgram program, ISandboxListener listener)
    {
        var start = new ProcessStartInfo(program.Host)
        {
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(program.Assembly);
        // Measured: the .NET host needs no variable at all. What it can be told is in Ratchet.Sandbox.runtimeconfig.json; this one is read from the
        // environment only, and without it each child opens a debugger's socket in /tmp.
        start.Environment.Clear();
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        try
        {
            return new SandboxProcess(Process.Start(start)!, listener);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new RatchetException($"The sandbox cannot be started: {program.Host}: {e.Message}.", e);
        }
    }

    /// <summary>Begins to listen. Apart from the start, so that the caller can note the process before it hears of it.</summary>
    public void Listen()
    {
        Spawn(errors.Read, "errors");
        Spawn(outbox.Write, "writer");
        Spawn(Read, "reader");
    }

    /// <summary>Queues whole frames; never blocks.</summary>
    public void Send<T>(T frame, Action<FrameWriter, T> write) => outbox.Send(frame, write);

    /// <summary>Ends the process; the first cause given is the one that counts.</summary>
    public void Kill(KillCause cause)
    {
        if (Interlocked.CompareExchange(ref killCause, (int)cause, (int)KillCause.None) != (int)KillCause.None) return;
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself; the reader thread hears of it.
        }
    }

    /// <summary>Resident memory in bytes; 0 when it is gone.</summary>
    public long ResidentBytes()
    {
        try
        {
            string[] fields = File.ReadAllText($"/proc/{Id}/statm").Split(' ');
            return fields.Length > 1 && long.TryParse(fields[1], out long pages) ? pages * Environment.SystemPageSize : 0;
        }
        catch (IOException)
        {
            return 0;
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
        listener.OnDeath(this, Bury());
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
        return new Death((KillCause)killCause, code, evidence);
    }

    private void Spawn(ThreadStart body, string name) => new Thread(body, ThreadStackBytes) { IsBackground = true, Name = $"sandbox {Id} {name}" }.Start();
}
