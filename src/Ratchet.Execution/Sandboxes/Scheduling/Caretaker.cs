namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>
/// The thread that starts processes and watches the clock and their memory. A thread and not a timer: deadlines must hold when the thread pool is busy.
/// It sleeps for a longer while when nothing runs.
/// </summary>
internal sealed class Caretaker(RunScheduler scheduler, TimeProvider time)
{
    /// <summary>How late a deadline may be noticed.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MemoryPeriod = TimeSpan.FromMilliseconds(100);

    private volatile bool stopped;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "sandbox caretaker" }.Start();

    public void Stop() => stopped = true;

    private void Run()
    {
        long memoryRead = time.GetTimestamp(), ticked = 0;
        while (!stopped)
        {
            scheduler.StartWanted();
            // Being woken often does not make the clock run faster: a tick a period is enough.
            if (ticked == 0 || time.GetElapsedTime(ticked) >= Period)
            {
                ticked = time.GetTimestamp();
                scheduler.Tick();
            }
            if (time.GetElapsedTime(memoryRead) >= MemoryPeriod)
            {
                memoryRead = time.GetTimestamp();
                foreach ((SandboxProcess process, long mostBytes) in scheduler.Watched()) if (process.ResidentBytes() > mostBytes) scheduler.KillForMemory(process);
            }
            scheduler.Attention.Wait(scheduler.IsBusy ? Period : IdlePeriod);
        }
    }
}
