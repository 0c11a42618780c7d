using Ratchet.Sandbox.Process;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Channel;

/// <summary>
/// The writer thread sends whatever has accumulated since its last write. Waking it costs more than a small run (20 of 45 us, measured), so while results
/// follow each other it wakes by itself each millisecond; it is woken at once by the first after a pause, and when the execution thread has nothing left.
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
    private bool busy;
    private bool asleep;
    private bool urgent;

    /// <summary>While true, frames are dropped: the process runs a task of its own to warm up.</summary>
    public bool Muted { get; set; }

    public void Start() => new Thread(Write) { IsBackground = true, Name = "writer" }.Start();

    /// <summary>Appends frames. <paramref name="write"/> must write whole ones.</summary>
    public void Send<T>(T frame, Action<FrameWriter, T> write)
    {
        lock (gate)
        {
            while (filling.Length > MostBytes) Monitor.Wait(gate);
            write(filling, frame);
            if (Muted) filling.Clear();
            else if (asleep || filling.Length > WakeBytes) Monitor.PulseAll(gate);
        }
    }

    /// <summary>The execution thread is about to wait: what it has said is to go now.</summary>
    public void Idle()
    {
        lock (gate)
        {
            if (filling.Length == 0) return;
            urgent = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until all is written.</summary>
    public void Flush()
    {
        lock (gate)
        {
            urgent = true;
            Monitor.PulseAll(gate);
            while (filling.Length > 0 || busy) Monitor.Wait(gate);
        }
    }

    private void Write()
    {
        try
        {
            while (true)
            {
                lock (gate)
                {
                    busy = false;
                    Monitor.PulseAll(gate);
                    Rest();
                    (filling, sending) = (sending, filling);
                    busy = true;
                }
                output.Write(sending.Written);
                output.Flush();
                sending.Clear();
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
        while (filling.Length == 0) Monitor.Wait(gate);
        asleep = urgent = false;
    }
}
