namespace Ratchet.Storage.Tests.Properties;

/// <summary>Time in which nobody waits: timers fire at once, and every look at the clock moves it on by a millisecond, so that no two instants are the same.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);
    private long ticks = Make.Noon.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref ticks, TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Hurried(System.CreateTimer(callback, state, Hurry(dueTime), Hurry(period)));

    private static TimeSpan Hurry(TimeSpan wait) => wait > Soon ? Soon : wait;

    private sealed class Hurried(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Hurry(dueTime), Hurry(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
