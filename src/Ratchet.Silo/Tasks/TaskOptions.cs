using System.Net;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Packages;
using Ratchet.Execution.Packages.Sources;

namespace Ratchet.Silo.Tasks;

/// <summary>Section <c>Tasks</c>.</summary>
public sealed class TaskOptions
{
    public const string Section = "Tasks";

    /// <summary>Used when no source is named and the folder is there.</summary>
    public const string DefaultSource = "samples/tasks";

    /// <summary>Folders that hold tasks, or are one, zips, and addresses (http, https) of zips.</summary>
    public string[] Sources { get; set; } = [];

    /// <summary>Whether the sources are looked at again while the server runs; default true.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>
    /// For authors at work: other content of the same version is taken as a revision of it, and what a source has is current, whatever was. Default false: a version never changes.
    /// </summary>
    public bool Development { get; set; }

    /// <summary>How far below a source's folder tasks are looked for; 1 to 20, default 5.</summary>
    public int Depth { get; set; } = TaskSourceScanner.DefaultDepth;

    /// <summary>How long files must be left alone after a change before they are read; 10 ms to 1 min, default 300 ms.</summary>
    public TimeSpan Debounce { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How often folders are looked at although nothing was told of them: file systems in networks and containers do not always tell; 1 s to 1 day, default 30 s.</summary>
    public TimeSpan ScanPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often addresses are asked; 1 s to 1 day, default 1 min. One that fails is asked less often, up to every 15 min.</summary>
    public TimeSpan PollPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a start waits for addresses to answer, 0 s to 1 min, default 3 s. Then the silo is ready without those that have not: what the store has of them runs, and they are waited for
    /// in the background.
    /// </summary>
    public TimeSpan StartWait { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Addresses and networks (CIDR) that are not public and that sources may be in all the same; none by default.</summary>
    public string[] PrivateNetworks { get; set; } = [];

    /// <exception cref="RatchetException">A value is outside its range, or a source cannot be one.</exception>
    public void Validate()
    {
        Range(nameof(Depth), Depth, 1, 20);
        Range(nameof(Debounce), Debounce.TotalMilliseconds, 10, 60_000);
        Range(nameof(ScanPeriod), ScanPeriod.TotalSeconds, 1, 86_400);
        Range(nameof(StartWait), StartWait.TotalSeconds, 0, 60);
        Range(nameof(PollPeriod), PollPeriod.TotalSeconds, 1, 86_400);
        foreach (string network in PrivateNetworks)
        {
            if (!IPNetwork.TryParse(network, out _) && !IPAddress.TryParse(network, out _)) throw new RatchetException($"Tasks option PrivateNetworks has '{network}', which is not an address or a network like 10.0.0.0/8.");
        }

        foreach (string source in Sources.Where(HttpTaskSource.Is)) HttpTaskSource.Parse(source);
    }

    /// <summary>What may be fetched for sources: where the operator points to, one zip at a time, and nothing of what is granted to tasks.</summary>
    internal FetchOptions Fetch => new() { ResponseBytes = TaskPackageLimits.ZipBytes, BreakerRatio = 0, Retries = 0, PrivateNetworks = PrivateNetworks };

    private static void Range(string name, double value, double least, double most)
    {
        if (value < least || value > most) throw new RatchetException($"Tasks option {name} is {value}; it must be between {least} and {most}.");
    }
}
