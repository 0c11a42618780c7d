using System.Text;

namespace Ratchet.Execution.Sandboxes;

/// <summary>The beginning and the end of a child's standard error: V8 says first why it dies and prints much after it.</summary>
internal sealed class ErrorTail(Stream stream)
{
    private const int HeadBytes = 4 << 10;
    private const int TailBytes = 4 << 10;

    private readonly object gate = new();
    private readonly List<byte> head = [];
    private readonly Queue<byte> tail = new();
    private readonly List<string> notes = [];
    private bool ended;

    public void Read()
    {
        byte[] buffer = new byte[4 << 10];
        try
        {
            int read;
            while ((read = stream.Read(buffer)) > 0) Keep(buffer.AsSpan(0, read));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nothing more comes.
        }
        lock (gate)
        {
            ended = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Adds a line of the node's own.</summary>
    public void Note(string line)
    {
        lock (gate) notes.Add(line);
    }

    /// <summary>What was kept, once the stream has ended or <paramref name="wait"/> has passed.</summary>
    public string Text(TimeSpan wait)
    {
        lock (gate)
        {
            if (!ended) Monitor.Wait(gate, wait);
            return string.Join('\n', [.. notes, Encoding.UTF8.GetString([.. head, .. tail])]).Trim();
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            foreach (byte value in bytes)
            {
                if (head.Count < HeadBytes)
                {
                    head.Add(value);
                    continue;
                }
                if (tail.Count == TailBytes) tail.Dequeue();
                tail.Enqueue(value);
            }
        }
    }
}
