using System.Globalization;
using Ratchet.Bench.Databases;
using Ratchet.Bench.Run;

namespace Ratchet.Bench.Report;

/// <summary>Where and with what was measured.</summary>
/// <param name="SyncMicroseconds">Median of an 8 KiB write with fsync, in the folder of the databases: what a lone commit cannot go below.</param>
/// <param name="LoadBefore">Load averages when the run began; well above zero means that others used the machine.</param>
public sealed record Machine(
    string Processor,
    int Cores,
    double MemoryGigabytes,
    string Kernel,
    double SyncMicroseconds,
    string LoadBefore,
    string Postgres,
    string PostgresSettings,
    string Redis,
    string Node,
    string DotNet,
    string Revision,
    DateTimeOffset Started)
{
    private static readonly string[] Durability = ["fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size"];

    public static async Task<Machine> ReadAsync(CancellationToken cancel)
    {
        var settings = new List<string>();
        foreach (string name in Durability) settings.Add($"{name}={await PostgresServer.ScalarAsync<string>($"SHOW {name}")}");
        string revision = await ToolVersion.LineAsync("git", ["-C", Checkout.Root, "describe", "--always", "--dirty", "--abbrev=12"], cancel) ?? "unknown";
        return new Machine(
            Field("/proc/cpuinfo", "model name") ?? "unknown",
            Environment.ProcessorCount,
            double.Parse((Field("/proc/meminfo", "MemTotal") ?? "0 kB").Split(' ')[0], CultureInfo.InvariantCulture) / (1 << 20),
            $"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}",
            DiskSync.Measure(),
            string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]),
            (await PostgresServer.ScalarAsync<string>("SHOW server_version")).Split(' ')[0],
            string.Join(", ", settings),
            await ToolVersion.OfAsync("redis-server", cancel),
            await ToolVersion.OfAsync("node", cancel),
            Environment.Version.ToString(),
            revision,
            TimeProvider.System.GetUtcNow());
    }

    private static string? Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
