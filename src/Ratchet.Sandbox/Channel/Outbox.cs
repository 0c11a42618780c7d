using Ratchet.Sandbox.Process;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Channel;

/// <summary>The writer thread sends whatever has accumulated since its last write: results coalesce under load and never wait when there is none.</summary>
internal sealed class Outbox(Stream output)
{
    // Beyond this the execution thread waits: the parent has stopped reading.
    private const int MostBytes = 32 << 20;

    private readonly object gate = new();
    private FrameWriter filling = new(64 << 10);
    private FrameWriter sending = new(64 << 10);
    private bool busy;

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
            else Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until all is written.</summary>
    public void Flush()
    {
        lock (gate)
        {
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
                    while (filling.Length == 0) Monitor.Wait(gate);
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
}
