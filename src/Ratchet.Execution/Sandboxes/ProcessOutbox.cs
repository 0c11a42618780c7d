using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>Frames on their way to a child; its writer thread sends whatever has accumulated.</summary>
internal sealed class ProcessOutbox(Stream stream)
{
    private readonly object gate = new();
    private FrameWriter filling = new(16 << 10);
    private FrameWriter sending = new(16 << 10);
    private bool waiting;
    private bool closed;

    public void Send<T>(T frame, Action<FrameWriter, T> write)
    {
        lock (gate)
        {
            if (closed) return;
            write(filling, frame);
            if (waiting) Monitor.Pulse(gate);
        }
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }
    }

    public void Write()
    {
        try
        {
            while (Next())
            {
                stream.Write(sending.Written);
                stream.Flush();
                sending.Clear();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The child is gone; its reader thread tells.
            Close();
        }
    }

    private bool Next()
    {
        lock (gate)
        {
            while (filling.Length == 0 && !closed)
            {
                waiting = true;
                Monitor.Wait(gate);
                waiting = false;
            }
            (filling, sending) = (sending, filling);
            return !closed;
        }
    }
}
