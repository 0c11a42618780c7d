using Ratchet.Sandbox.Process;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Channel;

/// <summary>
/// What goes to the parent. Waking a thread costs more than a small run (20 of 45 us, measured), so an execution thread that has nothing left to do sends what
/// there is by itself. While results follow each other the writer thread does it: it wakes each millisecond, and at once by the first after a pause.
/// </summary>
internal sealed class Outbox(Stream output)
{
    // Beyond this the execution thread waits: the parent has stopped reading.
    private const int MostBytes = 32 << 20;

    private const int WakeBytes = 64 << 10;
    private const int RestMilliseconds = 1;

    private readonly object gate = new();
    private FrameWriter filling = new(64 << 10);
    private FrameWriter sending = new(64 << 10);
    private bool writing;
    private bool asleep;
    private bool urgent;

    /// <summary>While true, frames are dropped: the process runs a task of its own to warm up.</summary>
    public bool Muted { get; set; }

    public void Start() => new Thread(Write) { IsBackground = true, Name = "writer" }.Start();

    /// <summary>Appends frames that are to go soon, whatever the execution thread does next. <paramref name="write"/> must write whole ones.</summary>
    public void Send<T>(T frame, Action<FrameWriter, T> write)
    {
        lock (gate)
        {
            Append(frame, write);
            if (asleep) Monitor.PulseAll(gate);
        }
    }

    /// <summary>Appends frames after which the execution thread looks for more to do, and then calls <see cref="Busy"/> or <see cref="Idle"/>.</summary>
    public void SendLast<T>(T frame, Action<FrameWriter, T> write)
    {
        lock (gate) Append(frame, write);
    }

    /// <summary>The execution thread has more to do: the writer thread takes care of what it has said.</summary>
    public void Busy()
    {
        lock (gate)
        {
            if (asleep && filling.Length > 0) Monitor.PulseAll(gate);
        }
    }

    /// <summary>The execution thread is about to wait: what it has said goes now.</summary>
    public void Idle()
    {
        lock (gate)
        {
            if (filling.Length == 0) return;
            if (writing)
            {
                urgent = true;
                return;
            }
            Swap();
        }
        try
        {
            WriteOut();
        }
        catch (IOException)
        {
            ProcessLimits.Exit(ExitCodes.Closed);
        }
        lock (gate)
        {
            writing = false;
            if (urgent) Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until all is written.</summary>
    public void Flush()
    {
        lock (gate)
        {
            urgent = true;
            Monitor.PulseAll(gate);
            while (filling.Length > 0 || writing) Monitor.Wait(gate);
        }
    }

    private void Append<T>(T frame, Action<FrameWriter, T> write)
    {
        while (filling.Length > MostBytes) Monitor.Wait(gate);
        write(filling, frame);
        if (Muted) filling.Clear();
        else if (filling.Length > WakeBytes) Monitor.PulseAll(gate);
    }

    private void Write()
    {
        try
        {
            while (true)
            {
                lock (gate)
                {
                    Rest();
                    Swap();
                }
                WriteOut();
                lock (gate)
                {
                    writing = false;
                    Monitor.PulseAll(gate);
                }
            }
        }
        catch (IOException)
        {
            ProcessLimits.Exit(ExitCodes.Closed);
        }
    }

    private void Rest()
    {
        if (!urgent) Monitor.Wait(gate, RestMilliseconds);
        asleep = true;
        while (filling.Length == 0 || writing)
        {
            // The execution thread is writing, and there is more: it tells when it has done.
            if (filling.Length > 0) urgent = true;
            Monitor.Wait(gate);
        }
        asleep = urgent = false;
    }

    private void Swap()
    {
        (filling, sending) = (sending, filling);
        writing = true;
    }

    private void WriteOut()
    {
        output.Write(sending.Written);
        output.Flush();
        sending.Clear();
    }
}
