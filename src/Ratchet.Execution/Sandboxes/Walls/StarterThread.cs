using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Ratchet.Execution.Sandboxes.Walls;

/// <summary>
/// Starts processes on one thread that lives as long as the node. Sandboxes are told by the kernel to end with their parent, and it means the thread that started them (PR_SET_PDEATHSIG,
/// prctl(2)): one of a thread pool's would take them along when the pool shrinks.
/// </summary>
internal static class StarterThread
{
    private static readonly BlockingCollection<Request> Requests = [];

    static StarterThread() => new Thread(Run) { IsBackground = true, Name = "sandbox starter" }.Start();

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be executed.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        var request = new Request(start);
        Requests.Add(request);
        request.Done.Wait();
        request.Error?.Throw();
        return request.Process!;
    }

    private static void Run()
    {
        foreach (Request request in Requests.GetConsumingEnumerable())
        {
            try
            {
                request.Process = Process.Start(request.Start);
            }
#pragma warning disable CA1031 // Whoever asked gets it, whatever it is.
            catch (Exception e)
#pragma warning restore CA1031
            {
                request.Error = ExceptionDispatchInfo.Capture(e);
            }
            request.Done.Set();
        }
    }

    private sealed class Request(ProcessStartInfo start)
    {
        public ProcessStartInfo Start { get; } = start;
        public ManualResetEventSlim Done { get; } = new();
        public Process? Process { get; set; }
        public ExceptionDispatchInfo? Error { get; set; }
    }
}
