using Ratchet.Storage.Tests.Journal;

namespace Ratchet.Storage.Tests.Properties;

/// <summary>What a store does to the next sets that reach it.</summary>
internal enum Blow
{
    /// <summary>It is away: the set is not written.</summary>
    Away,

    /// <summary>The set is written, and the answer gets lost.</summary>
    LostAnswer,

    /// <summary>The set is written after others that come later.</summary>
    Late,
}

/// <summary>A store that is hurt as it is told, and that a crash cuts off from its journal for good.</summary>
internal sealed class Hurt
{
    private readonly Queue<Blow> next = new();
    private readonly Lock gate = new();
    private bool dead;

    public Hurt(Ratchet.Storage.Jobs.IJobStore inner) => Store = new ScriptedStore(inner)
    {
        Before = async _ =>
        {
            Blow? blow = Take();
            if (blow == Blow.Late) await Task.Yield();
            if (blow == Blow.Away) throw ScriptedStore.Away();
            if (blow == Blow.LostAnswer) Interlocked.Increment(ref lost);
        },
        After = _ => Interlocked.Exchange(ref lost, 0) > 0 || dead ? throw ScriptedStore.Away() : Task.CompletedTask,
    };

    private int lost;

    public ScriptedStore Store { get; }

    public void Add(Blow blow)
    {
        lock (gate) next.Enqueue(blow);
    }

    public void Heal()
    {
        lock (gate) next.Clear();
    }

    /// <summary>The process is gone: nothing it still had reaches the store, and no answer reaches it.</summary>
    public void Kill()
    {
        lock (gate) dead = true;
    }

    private Blow? Take()
    {
        lock (gate)
        {
            if (dead) return Blow.Away;
            return next.TryDequeue(out Blow blow) ? blow : null;
        }
    }
}
