using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution.Tracing;

/// <summary>
/// Where code has time, chance and the order of events from: all that makes one run differ from another with the same input. One trace a run, and one for the
/// loading of a task into a context.
/// </summary>
internal abstract class Trace
{
    private RunRandom? random;

    /// <summary>Milliseconds since 1970.</summary>
    public abstract long Time();

    /// <summary>Microseconds since the run's start; in steps of 100, so that it measures nothing that a script is not to know (browsers do the same).</summary>
    public abstract long Clock();

    /// <summary>Something that the script did, or that came to it.</summary>
    public abstract void Note(TraceKind kind, long value);

    /// <summary>Where <c>Math.random</c> of this run starts: 16 characters of 8 bits.</summary>
    public string MathSeed()
    {
        Note(TraceKind.Seed, 0);
        return (random ??= new RunRandom(Seed())).ForMath();
    }

    /// <summary>Random bytes as characters of 8 bits; fit for keys.</summary>
    public string Random(int count)
    {
        Note(TraceKind.Random, count);
        return (random ??= new RunRandom(Seed())).Next(count);
    }

    /// <summary>Asked for once, when first needed.</summary>
    protected abstract byte[] Seed();
}
