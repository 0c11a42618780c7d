using Ratchet.Bench.Figures;

namespace Ratchet.Bench.Report;

/// <summary>What the disk under the databases takes to make a page durable. Without it nobody can compare figures of two machines.</summary>
public static class DiskSync
{
    private const int Samples = 100;
    private const int Page = 8 << 10;

    /// <summary>Median, in microseconds.</summary>
    public static double Measure()
    {
        string folder = Directory.CreateTempSubdirectory("ratchet-sync").FullName;
        try
        {
            using var file = new FileStream(Path.Combine(folder, "page"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            byte[] page = new byte[Page];
            return Enumerable.Range(0, Samples).Select(_ => Write(file, page)).Median();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Write(FileStream file, byte[] page)
    {
        long start = TimeProvider.System.GetTimestamp();
        file.Position = 0;
        file.Write(page);
        file.Flush(flushToDisk: true);
        return TimeProvider.System.GetElapsedTime(start).TotalMicroseconds;
    }
}
