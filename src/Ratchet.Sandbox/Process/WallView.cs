using System.Globalization;
using System.Runtime.InteropServices;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Process;

/// <summary>Looks at the walls from within: by trying, where it can.</summary>
internal static partial class WallView
{
    private const int InternetFamily = 2;
    private const int DatagramSocket = 2;
    private static readonly string[] OpenFolders = ["/tmp", "/dev/shm", "/var/tmp"];

    public static WallReport Take()
    {
        Dictionary<string, string> status = Fields("/proc/self/status", ':');
        return new WallReport
        {
            User = ProcessLimits.GetUser(),
            Group = ProcessLimits.GetGroup(),
            Capabilities = ulong.TryParse(status.GetValueOrDefault("CapEff"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong mask) ? mask : ulong.MaxValue,
            NoNewPrivileges = status.GetValueOrDefault("NoNewPrivs") == "1",
            Filtered = status.GetValueOrDefault("Seccomp") == "2",
            ProcessId = Environment.ProcessId,
            Interfaces = [.. Fields("/proc/self/net/dev", ':').Keys.Where(name => name != "lo" && !name.Contains('|', StringComparison.Ordinal))],
            Sockets = Socket(InternetFamily, DatagramSocket, 0) >= 0,
            Root = [.. Directory.EnumerateFileSystemEntries("/").Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)],
            Writes = OpenFolders.Any(CanWrite),
            OpenFiles = OpenFiles(),
        };
    }

    private static bool CanWrite(string folder)
    {
        string file = Path.Combine(folder, $"ratchet-walls-{Environment.ProcessId}");
        try
        {
            File.Create(file, 1, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int OpenFiles()
    {
        string? line = Lines("/proc/self/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        string[] words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.Length > 3 && int.TryParse(words[3], CultureInfo.InvariantCulture, out int most) ? most : int.MaxValue;
    }

    private static Dictionary<string, string> Fields(string file, char separator)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in Lines(file))
        {
            int end = line.IndexOf(separator, StringComparison.Ordinal);
            if (end > 0) fields[line[..end].Trim()] = line[(end + 1)..].Trim();
        }
        return fields;
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "socket")]
    private static partial int Socket(int family, int type, int protocol);
}
