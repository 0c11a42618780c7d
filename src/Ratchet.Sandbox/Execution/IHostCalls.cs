namespace Ratchet.Sandbox.Execution;

/// <summary>All that a script can ask of its host, by way of the prelude. Every call is on the execution thread, from within V8, and must not throw.</summary>
internal interface IHostCalls
{
    void Log(byte level, string text);
    /// <summary>Milliseconds since 1970.</summary>
    double Time();
    /// <summary>Milliseconds since the run's start.</summary>
    double Clock();
    /// <summary>Where the run's <c>Math.random</c> starts: 16 characters of 8 bits.</summary>
    string MathSeed();
    /// <summary>The timer's number within its run, from 1; 0 when the run can have no more.</summary>
    int SetTimer(int milliseconds);
    void ClearTimer(int id);
    /// <summary>Blocks until the answer is there; its form is in <see cref="ReplyText"/>.</summary>
    string FetchNow(string method, string url, string headers, string? body, bool binary);
    /// <summary>The call's number; 0 when too many are open.</summary>
    int Fetch(string method, string url, string headers, string? body, bool binary);
    void Done(long sequence, string output);
    /// <param name="sequence">0 while the task is being loaded.</param>
    /// <param name="invalidOutput">Whether the script ended well but with something that is no output.</param>
    void Fail(long sequence, bool invalidOutput, string name, string message, string? stack, string? details);
}
