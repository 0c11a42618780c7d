using System.Collections.Concurrent;

namespace Ratchet.Grains.Tests;

/// <summary>Holds up the answers of calls between grains, so that a test decides what happens meanwhile; or has calls fail or get lost.</summary>
public sealed class CallGates : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<Gate, byte> gates = new();
    private readonly ConcurrentDictionary<Fault, byte> faults = new();

    /// <summary>The next call that this picks by its method's name and arguments.</summary>
    public Gate Next(string method, Func<object?[], bool> picks)
    {
        var gate = new Gate(method, picks);
        gates[gate] = 0;
        return gate;
    }

    /// <summary>The next call that this picks is made, and answered with an error.</summary>
    public Fault Fail(string method, Func<object?[], bool> picks, Exception error) => Add(new Fault(method, picks, error));

    /// <summary>The next call that this picks, which nobody waits for, is not made.</summary>
    public Fault Lose(string method, Func<object?[], bool> picks) => Add(new Fault(method, picks, null));

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (gates.IsEmpty && faults.IsEmpty)
        {
            await context.Invoke();
            return;
        }

        object?[] args = [.. Enumerable.Range(0, context.Request.GetArgumentCount()).Select(context.Request.GetArgument)];
        Fault? fault = faults.Keys.FirstOrDefault(f => f.Method == context.MethodName && f.Picks(args) && faults.TryRemove(f, out _));
        if (fault is not { Error: null }) await context.Invoke();
        fault?.Happen();
        if (fault?.Error is { } error) throw error;
        foreach (Gate gate in gates.Keys.Where(g => g.Method == context.MethodName && g.Picks(args)))
        {
            if (!gates.TryRemove(gate, out _)) continue;
            gate.Reach();
            await gate.Opened;
        }
    }

    private Fault Add(Fault fault)
    {
        faults[fault] = 0;
        return fault;
    }

    public sealed class Fault(string method, Func<object?[], bool> picks, Exception? error)
    {
        private readonly TaskCompletionSource happened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Method { get; } = method;
        public Func<object?[], bool> Picks { get; } = picks;
        public Exception? Error { get; } = error;
        public Task Happened => happened.Task.WaitAsync(TimeSpan.FromSeconds(60));

        internal void Happen() => happened.TrySetResult();
    }

    public sealed class Gate(string method, Func<object?[], bool> picks)
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Method { get; } = method;
        public Func<object?[], bool> Picks { get; } = picks;

        /// <summary>The call has been done; its answer waits here.</summary>
        public Task Reached => reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

        public bool IsReached => reached.Task.IsCompleted;

        internal Task Opened => opened.Task;

        public void Open() => opened.TrySetResult();

        internal void Reach() => reached.TrySetResult();
    }
}
