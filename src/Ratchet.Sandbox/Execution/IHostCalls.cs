namespace Ratchet.Sandbox.Execution;

/// <summary>All that a script can ask of its host, by way of the prelude. Every call is on the execution thread, from within V8, and must not throw.</summary>
internal interface IHostCalls
{
    /// <summary>From here on this run's code executes, in the turn of whichever run: a promise of that one's has let it go on.</summary>
    /// <param name="sequence">0 for code that no run began.</param>
    void Enter(long sequence);
    void Log(byte level, string text);
    /// <summary>Milliseconds since 1970.</summary>
    double Time();
    /// <summary>Milliseconds since the run's start.</summary>
    double Clock();
    /// <summary>Where the run's <c>Math.random</c> starts: 16 characters of 8 bits.</summary>
    string MathSeed();
    /// <summary>The timer's number within its run, from 1; 0 outside of a run, -1 when the run can have no more, -2 when it has ended.</summary>
    int SetTimer(int milliseconds);
    void ClearTimer(int id);
    /// <summary>Blocks until the answer is there; its form is in <see cref="ReplyText"/>.</summary>
    string FetchNow(string method, string url, string headers, string? body, bool binary);
    /// <summary>Null when the request is on its way, else the answer in its place, in the same form.</summary>
    string? Fetch(string method, string url, string headers, string? body, bool binary, out int call);
    /// <summary>Nobody waits for this call any more: the parent is told to give it up.</summary>
    void Abort(int call);
    /// <summary>Bytes of the system's generator, in the form of <see cref="ByteText"/>.</summary>
    string Random(int count);
    void Done(long sequence, string output);
    /// <summary>A promise of the run was rejected and has no handler. False when nobody wants to know.</summary>
    bool Rejected(long sequence);
    /// <summary>One of those has got a handler after all.</summary>
    void Handled(long sequence);
    /// <param name="sequence">0 while the task is being loaded.</param>
    void Fail(long sequence, FailedBy by, string name, string message, string? stack, string? details);
}
