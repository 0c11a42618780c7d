namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>
/// Decides which process a lane gets. Pure choice over the scheduler's state: a spare while fewer processes serve than should; else one that is idle; else
/// another is started if all are busy with long runs; else the one that has had its turn longest is drained.
/// </summary>
internal sealed class Assignment(SandboxOptions options, TimeProvider time)
{
    /// <summary>How many processes may serve now: the configured number, one more for each that is busy with a long run.</summary>
    public int Allowed(List<Worker> workers)
    {
        int held = 0;
        foreach (Worker worker in workers) if (worker.Lane is not null && IsHeld(worker)) held++;
        return Math.Min(options.Processes + held, options.MaxProcesses);
    }

    /// <summary>A worker for <paramref name="lane"/> that can be had at once; one of another tenant has to be replaced first, and is not returned.</summary>
    public Worker? Free(Lane lane, List<Worker> workers, bool mayGrow)
    {
        Worker? spare = null, idle = null;
        foreach (Worker worker in workers)
        {
            if (worker.State == WorkerState.Spare && (worker.Tenant is null || worker.Tenant == lane.Tenant)) spare ??= worker;
            else if (worker.IsIdle && worker.Lane != lane && worker.Tenant == lane.Tenant && !worker.Lane!.HasWork && MayServeAnother(worker)) idle ??= worker;
        }
        return mayGrow ? spare ?? idle : idle;
    }

    /// <summary>
    /// Whether a process that has served a task may serve another. What the first has left behind counts towards the memory that the next may have: with more than the allowance it would be
    /// ended for it, as a task with a small heap after one with a large output, and the next one's runs blamed.
    /// </summary>
    public bool MayServeAnother(Worker worker) => worker.Process.ResidentBytes() <= (long)options.MemoryAllowanceMb << 20;

    /// <summary>An idle process that cannot serve this lane, of another tenant or too large, to be ended so that its place is free.</summary>
    public Worker? Stale(Lane lane, List<Worker> workers)
    {
        foreach (Worker worker in workers) if (worker.IsIdle && worker.Lane != lane && !worker.Lane!.HasWork && (worker.Tenant != lane.Tenant || !MayServeAnother(worker))) return worker;
        return null;
    }

    /// <summary>The process to take from its lane for one that has none: of the lane with the most, the one that has served it longest, if its turn is over.</summary>
    public Worker? ToDrain(List<Worker> workers)
    {
        Worker? best = null;
        foreach (Worker worker in workers)
        {
            if (worker.State != WorkerState.Serving || worker.Draining || time.GetElapsedTime(worker.ServingSince) < options.Turn) continue;
            if (best is null || worker.Lane!.Workers.Count > best.Lane!.Workers.Count
                || (worker.Lane.Workers.Count == best.Lane.Workers.Count && worker.ServingSince < best.ServingSince)) best = worker;
        }
        return best;
    }

    /// <summary>Whether it is busy with one run for so long that others should not wait for it.</summary>
    private bool IsHeld(Worker worker)
    {
        if (worker.Pending >= Ratchet.Sandbox.Protocol.FrameLimits.PendingRuns) return true;
        return worker.Head() is { RunningSince: > 0 } head && time.GetElapsedTime(head.RunningSince) > options.GrowAfter;
    }
}
