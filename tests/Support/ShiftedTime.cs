namespace Ratchet.Tests.Support;

/// <summary>Real time that a test may move ahead; timers keep running on the real one, so that the silo's own machinery is undisturbed.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));
}
