using System.Diagnostics;

namespace Ratchet.Bench.Processes;

/// <summary>Reads a process's output, so that it does not block on a full pipe, and keeps the end of it.</summary>
public sealed class LogTail
{
    private const int Lines = 5;

    private readonly Queue<string> lines = new();

    public LogTail(Process process)
    {
        process.OutputDataReceived += (_, e) => Add(e.Data);
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Text
    {
        get
        {
            lock (lines) return string.Join(" / ", lines);
        }
    }

    private void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > Lines) lines.Dequeue();
        }
    }
}
