namespace Ratchet.Execution.Packages;

/// <summary>The bytes of one task's files, bounded, and what went wrong while they were gathered. Filled by a folder or a zip.</summary>
internal sealed class TaskFiles
{
    private readonly SortedDictionary<string, byte[]> contents = new(StringComparer.Ordinal);
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);
    private long totalBytes;
    private int tests;

    public List<TaskProblem> Problems { get; } = [];

    public IEnumerable<KeyValuePair<string, byte[]>> Tests => contents.Where(f => TaskFileNames.IsTest(f.Key));

    public IEnumerable<KeyValuePair<string, byte[]>> All => contents;

    public byte[]? Get(string file) => contents.GetValueOrDefault(file);

    /// <summary>True when the file is there but could not be taken; it is then not missing.</summary>
    public bool WasRefused(string file) => refused.Contains(file);

    public void Refuse(string file, string message)
    {
        refused.Add(file);
        Problems.Add(new TaskProblem(file, 0, 0, message));
    }

    /// <summary>Reads at most <see cref="Limits.TaskFileBytes"/> of <paramref name="stream"/>, whatever length it claims to have.</summary>
    public void Add(string file, Stream stream)
    {
        if (TaskFileNames.IsTest(file) && ++tests > Limits.TaskTests)
        {
            if (tests == Limits.TaskTests + 1) Refuse(TaskFileNames.Tests, $"holds more than {Limits.TaskTests} tests.");
            return;
        }

        using MemoryStream copy = new();
        byte[] buffer = new byte[32 << 10];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            totalBytes += read;
            if (copy.Length + read > Limits.TaskFileBytes)
            {
                Refuse(file, $"is larger than {Limits.TaskFileBytes} bytes.");
                return;
            }

            if (totalBytes > TaskPackageLimits.TaskBytes)
            {
                Refuse(file, $"takes the task's files over {TaskPackageLimits.TaskBytes} bytes together.");
                return;
            }

            copy.Write(buffer, 0, read);
        }

        contents[file] = copy.ToArray();
    }
}
