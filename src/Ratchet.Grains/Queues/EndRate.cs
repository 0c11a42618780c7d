namespace Ratchet.Grains.Queues;

/// <summary>How many jobs of a queue end a second: an exponentially weighted mean over about half a minute, for estimates.</summary>
internal sealed class EndRate(TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private const double Part = 1.0 / 15;
    private long began = time.GetTimestamp();
    private int count;
    private double? mean;

    public void Note(int ended)
    {
        Roll();
        count += ended;
    }

    /// <summary>Null when none has ended yet.</summary>
    public double? PerSecond
    {
        get
        {
            Roll();
            return mean ?? (count > 0 ? count : null);
        }
    }

    private void Roll()
    {
        TimeSpan passed = time.GetElapsedTime(began);
        if (passed < Step || (mean is null && count == 0)) return;
        double rate = count / passed.TotalSeconds;
        // A long pause weighs as much as the steps that it lasted.
        double weight = 1 - Math.Pow(1 - Part, passed / Step);
        mean = mean is { } before ? before + ((rate - before) * weight) : rate;
        began = time.GetTimestamp();
        count = 0;
    }
}
