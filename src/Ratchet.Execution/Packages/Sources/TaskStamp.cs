using System.Globalization;
using System.Text;

namespace Ratchet.Execution.Packages.Sources;

/// <summary>Tells by what the file system says of a task's files whether they may have changed, without reading them.</summary>
internal static class TaskStamp
{
    /// <summary>A file that was written this lately may be written again within the same tick of the file system's clock.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>Null when there is no telling: then the files must be read.</summary>
    public static string? Of(string place, DateTimeOffset now)
    {
        try
        {
            var stamp = new StringBuilder();
            foreach (string file in Files(place))
            {
                var info = new FileInfo(RealPath.Of(file));
                if (!info.Exists || now - info.LastWriteTimeUtc < Settled) return null;
                stamp.Append(CultureInfo.InvariantCulture, $"{file}>{info.FullName}:{info.Length}:{info.LastWriteTimeUtc.Ticks}\n");
            }

            return stamp.ToString();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Files(string place)
    {
        if (File.Exists(place)) return [place];
        string tests = Path.Join(place, TaskFileNames.Tests);
        IEnumerable<string> required = TaskFileNames.Required.Select(file => Path.Join(place, file)).Where(File.Exists);
        return Directory.Exists(tests) ? required.Concat(Directory.EnumerateFiles(tests, "*.json").Order(StringComparer.Ordinal)) : required;
    }
}
