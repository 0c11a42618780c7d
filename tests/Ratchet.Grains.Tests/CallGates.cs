using System.Collections.Concurrent;

namespace Ratchet.Grains.Tests;

/// <summary>Holds up the answers of calls between grains, so that a test decides what happens meanwhile.</summary>
public sealed class CallGates : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<Gate, byte> gates = new();

    /// <summary>The next call that this picks by its method's name and arguments.</summary>
    public Gate Next(string method, Func<object?[], bool> picks)
    {
        var gate = new Gate(method, picks);
        gates[gate] = 0;
        return gate;
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (gates.IsEmpty) return;
        object?[] args = [.. Enumerable.Range(0, context.Request.GetArgumentCount()).Select(context.Request.GetArgument)];
        foreach (Gate gate in gates.Keys.Where(g => g.Method == context.MethodName && g.Picks(args)))
        {
            if (!gates.TryRemove(gate, out _)) continue;
            gate.Reach();
            await gate.Opened;
        }
    }

    public sealed class Gate(string method, Func<object?[], bool> picks)
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Method { get; } = method;
        public Func<object?[], bool> Picks { get; } = picks;

        /// <summary>The call has been done; its answer waits here.</summary>
        public Task Reached => reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

        internal Task Opened => opened.Task;

        public void Open() => opened.TrySetResult();

        internal void Reach() => reached.TrySetResult();
    }
}
