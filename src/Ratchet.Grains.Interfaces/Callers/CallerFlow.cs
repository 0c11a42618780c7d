using Orleans.Runtime;

namespace Ratchet.Callers;

/// <summary>Carries the <see cref="Caller"/> in Orleans' request context: set once at the front door, there in each grain that the call reaches, on whatever silo.</summary>
public static class CallerFlow
{
    private const string Key = "ratchet.caller";

    /// <summary>The caller of the call under way; null for what the cluster does by itself (timers, reminders, recovery).</summary>
    public static Caller? Current => RequestContext.Get(Key) as Caller;

    /// <summary>From here on, calls of this asynchronous flow are made for <paramref name="caller"/>.</summary>
    public static void Begin(Caller caller) => RequestContext.Set(Key, caller);
}
