using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Ratchet.Execution.Nodes;
using Ratchet.Execution.Recordings;
using Ratchet.Storage;
using Ratchet.Storage.Recordings;

namespace Ratchet.Grains.Workers;

/// <summary>
/// Writes recordings of ended runs, before their ends: who learns of an end finds its recording. A recording that cannot be written is given up, never the end.
/// </summary>
public sealed class RecordingKeeper : IDisposable
{
    public const string MeterName = "Ratchet.Recordings";
    private readonly IStore store;
    private readonly ILogger<RecordingKeeper> logger;
    private readonly Counter<long> kept;
    private readonly Counter<long> lost;
    private readonly Counter<long> bytes;

    public RecordingKeeper(IStore store, ILogger<RecordingKeeper> logger)
    {
        (this.store, this.logger) = (store, logger);
        kept = Meter.CreateCounter<long>("ratchet.recordings.kept", "{recording}", "Recordings of executions that were written.");
        lost = Meter.CreateCounter<long>("ratchet.recordings.lost", "{recording}", "Recordings that could not be written.");
        bytes = Meter.CreateCounter<long>("ratchet.recordings.size", "By", "What recordings take, compressed.");
    }

    internal Meter Meter { get; } = new(MeterName);

    /// <summary>Keeps what was recorded of these; returns at once when nothing was.</summary>
    public ValueTask KeepAsync(IReadOnlyList<NodeRun> runs, CancellationToken cancel)
    {
        List<NewRecording>? packed = null;
        foreach (NodeRun run in runs) if (Pack(run) is { } one) (packed ??= []).Add(one);
        return packed is null ? default : new ValueTask(SaveAsync(packed, cancel));
    }

    public void Dispose() => Meter.Dispose();

    private NewRecording? Pack(NodeRun run)
    {
        try
        {
            return RecordingPacker.Pack(run);
        }
#pragma warning disable CA1031 // It is made of what a script did: whatever that was, the end goes on without it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            lost.Add(1);
            ReporterLog.NoRecordingUnforeseen(logger, 1, e);
            return null;
        }
    }

    private async Task SaveAsync(List<NewRecording> recordings, CancellationToken cancel)
    {
        try
        {
            await store.Recordings.SaveAsync(recordings, cancel);
            kept.Add(recordings.Count);
            bytes.Add(recordings.Sum(r => (long)r.Content.Length));
        }
        catch (StoreUnavailableException e)
        {
            lost.Add(recordings.Count);
            ReporterLog.NoRecording(logger, recordings.Count, e.Message);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e) when (e is not (OperationCanceledException or ObjectDisposedException))
#pragma warning restore CA1031
        {
            lost.Add(recordings.Count);
            ReporterLog.NoRecordingUnforeseen(logger, recordings.Count, e);
        }
    }
}
