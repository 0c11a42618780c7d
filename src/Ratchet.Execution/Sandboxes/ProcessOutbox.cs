using System.IO.Pipes;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes;

/// <summary>
/// Frames on their way to a child; its writer thread sends whatever has accumulated. A small frame after a pause is sent by the caller, if the pipe takes it at
/// once: to wake the thread for it would take longer.
/// </summary>
internal sealed class ProcessOutbox(Stream stream)
{
    /// <summary>Frames that follow each other faster than this are sent together, which costs both processes less.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Beyond this nothing is added: the child does not read, or is sent more than it can take.</summary>
    private const int MostBytes = 64 << 20;

    private readonly object gate = new();
    private readonly PipeStream? pipe = stream as PipeStream;
    private FrameWriter filling = new(16 << 10);
    private FrameWriter sending = new(16 << 10);
    private long lastSent;
    private bool waiting;
    private bool closed;

    /// <summary>False when more waits already than a child that reads would leave.</summary>
    public bool Send<T>(T frame, Action<FrameWriter, T> write)
    {
        lock (gate)
        {
            if (closed) return true;
            if (filling.Length > MostBytes) return false;
            write(filling, frame);
            if (!waiting || TrySendNow()) return true;
            Monitor.Pulse(gate);
            return true;
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

    /// <summary>Closes, and the stream with it: to a child that has not spoken yet, to which nothing is being written.</summary>
    public void End()
    {
        Close();
        stream.Dispose();
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

    private bool TrySendNow()
    {
        long now = TimeProvider.System.GetTimestamp();
        bool paused = TimeProvider.System.GetElapsedTime(lastSent, now) > Pause;
        lastSent = now;
        if (!paused || pipe is null || filling.Length > PipeRoom.Bytes || !PipeRoom.IsThere(pipe)) return false;
        try
        {
            pipe.Write(filling.Written);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The child is gone; its reader thread tells, and closes this.
            return false;
        }
        filling.Clear();
        return true;
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
