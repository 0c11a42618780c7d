using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Ratchet.Storage.Tests.Journal;

/// <summary>Time that stands still until the test moves it, and that tells when somebody begins to wait for it.</summary>
internal sealed class TestTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

    public TestTime() : base(Make.Noon) { }

    /// <summary>The next wait that begins (or began and was not asked for yet).</summary>
    /// <exception cref="TimeoutException">Nobody began to wait in 30 s of real time.</exception>
    public Task<TimeSpan> NextWaitAsync() => waits.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero) waits.Writer.TryWrite(dueTime);
        return timer;
    }
}
