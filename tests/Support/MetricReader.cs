using System.Diagnostics.Metrics;

namespace Ratchet.Tests.Support;

/// <summary>Listens to some meters and adds up what they say. Meters of the same name in other parts of the process are not heard.</summary>
internal sealed class MetricReader : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Dictionary<(string Instrument, string Tags), double> sums = [];
    private readonly Dictionary<(string Instrument, string Tags), double> observed = [];

    public MetricReader(params Meter[] meters)
    {
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (meters.Contains(instrument.Meter)) all.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
    }

    /// <summary>The sum of what a counter or histogram has said under exactly these tags, such as <c>state=FAILED failure=Timeout</c>; 0 when nothing.</summary>
    public double Sum(string instrument, string tags = "")
    {
        lock (sums) return sums.GetValueOrDefault((instrument, tags));
    }

    /// <summary>What an observable instrument says now under exactly these tags; null when nothing.</summary>
    public double? Observe(string instrument, string tags = "")
    {
        lock (sums) observed.Clear();
        listener.RecordObservableInstruments();
        lock (sums) return observed.TryGetValue((instrument, tags), out double value) ? value : null;
    }

    public void Dispose() => listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new List<string>();
        foreach ((string name, object? tag) in tags) text.Add($"{name}={tag}");
        (string, string) key = (instrument.Name, string.Join(' ', text));
        lock (sums)
        {
            Dictionary<(string, string), double> into = instrument.IsObservable ? observed : sums;
            into[key] = into.GetValueOrDefault(key) + value;
        }
    }
}
