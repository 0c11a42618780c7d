using Ratchet.Execution.Fetch;
using Ratchet.Execution.Recordings;
using Ratchet.Sandbox.Protocol;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Scheduling;

/// <summary>What comes from the processes, on their reader threads.</summary>
internal sealed partial class RunScheduler
{
    public void OnEvents(SandboxProcess process, List<ChildEvent> events)
    {
        var done = new Completions();
        List<OpenFetch>? calls = null, aborted = null;
        DateTimeOffset wall = time.GetUtcNow();
        try
        {
            lock (gate)
            {
                if (!byProcess.TryGetValue(process, out Worker? worker) || worker.State == WorkerState.Dying) return;
                long now = time.GetTimestamp();
                foreach (ref readonly ChildEvent happened in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events))
                {
                    string? broken = happened.Type switch
                    {
                        FrameType.Result => Result(worker, happened, wall, now, done),
                        FrameType.Started => Started(worker, happened.Sequence, wall, done),
                        FrameType.Pending => Pending(worker, happened.Sequence, now),
                        FrameType.NotStarted => NotStarted(worker, happened.Sequence, done),
                        FrameType.Loaded => Loaded(worker, now),
                        FrameType.Hello => Hello(worker, now),
                        FrameType.FetchCall => FetchCall(worker, (FetchCallFrame)happened.Other!, ref calls),
                        FrameType.FetchAbort => FetchAbort(worker, (FetchAbortFrame)happened.Other!, ref aborted),
                        FrameType.Profile => Profile(worker, (ProfileFrame)happened.Other!),
                        FrameType.Log => Logged(worker, (LogFrame)happened.Other!, wall),
                        _ => "a frame that a pool's process has no reason to send",
                    };
                    if (broken is null) continue;
                    SandboxLog.ProtocolBroken(logger, process.Id, broken);
                    Kill(worker, KillCause.Protocol);
                    break;
                }
                if (worker.State != WorkerState.Dying) AfterEvents(worker, now);
            }
        }
        finally
        {
            // What was right of what the process has said counts, whatever came after it. Calls first: a replay that has ended has made them all.
            foreach (OpenFetch fetch in calls ?? []) fetches.Begin(process, fetch, FetchEnded);
            done.CallBack(Complete, Begun);
            foreach (OpenFetch fetch in aborted ?? []) fetch.Cancel();
        }
    }

    public void OnDeath(SandboxProcess process, Death death)
    {
        var done = new Completions();
        OpenFetch[] left;
        lock (gate)
        {
            if (!byProcess.Remove(process, out Worker? worker)) return;
            left = [.. worker.Fetches.Values];
            workers.Remove(worker);
            // One that ends before it was of use is a start that came to nothing, whatever it said.
            bool starting = worker.Tenant is null && death.Cause != KillCause.Retired;
            List<PoolRun> again = judge.Judge(worker, worker.Loading, death, done);
            if (starting) StartFailed(death, done);
            Lane? lane = worker.Lane;
            worker.Leave();
            foreach (PoolRun run in again.Where(_ => stopped)) done.Add(run, outcomes.CannotStart(run, "The node is shutting down."));
            if (!stopped)
            {
                foreach (IGrouping<Lane, PoolRun> runs in again.GroupBy(run => run.Lane!)) Again(runs.Key, runs);
                if (lane is not null && !lane.Hungry) Forget(lane);
                Assign();
            }
            if (workers.Count == 0 && stopped) emptied.TrySetResult();
        }
        metrics.Died(death.Label);
        if (death.Cause != KillCause.Retired) SandboxLog.Died(logger, process.Id, death.Label, death.Summary);
        attention.Set();
        foreach (OpenFetch fetch in left) fetch.Cancel();
        done.CallBack(Complete);
    }

    private void AfterEvents(Worker worker, long now)
    {
        if (worker.InFlight.Count == 0) worker.Since = now;
        if (worker.Draining && worker.InFlight.Count == 0) Drained(worker);
        else if (worker.Lane is { } lane) Feed(lane);
        if (hungry.Count > 0) Assign();
    }

    private string? Result(Worker worker, in ChildEvent happened, DateTimeOffset wall, long now, Completions done)
    {
        ResultFrame result = happened.Result;
        if (!worker.InFlight.TryGetValue(result.Sequence, out PoolRun? run)) return $"a result of run {result.Sequence}, which it was not given";
        // A log that is too long is cut; what the run came to counts all the same.
        _ = Added(run, result.Log, result.ElapsedMicros, wall);
        // Before it is taken out: should what the process says lead to an error, the run is still among those that the process's end is judged for.
        run.Answered = true;
        RunOutcome? outcome = outcomes.Of(run, result, (RunTrace?)happened.Other, wall);
        worker.TryRemove(result.Sequence, out _);
        worker.Advance(now);
        if (outcome is null)
        {
            if (run.StartedAt is null) Again(run.Lane!, [run]);
            else done.Add(run, outcomes.CannotStart(run, "The sandbox process ended the run for no reason."));
            return "an interrupt that nobody asked for";
        }
        worker.Measure(result.BusyMicros, options);
        done.Add(run, outcome);
        return null;
    }

    private static string? Started(Worker worker, long sequence, DateTimeOffset wall, Completions done)
    {
        if (!worker.InFlight.TryGetValue(sequence, out PoolRun? run) || run.Request.Started is null || run.StartedAt is not null)
            return $"the start of run {sequence}, which it was not given or which it was not to tell, or has told";
        run.StartedAt = wall;
        done.AddStart(run);
        return null;
    }

    private static string? Pending(Worker worker, long sequence, long now)
    {
        if (!worker.InFlight.TryGetValue(sequence, out PoolRun? run) || run.Pending) return $"run {sequence} as waiting, which it was not given or which waits already";
        run.Pending = true;
        worker.Pending++;
        if (run.RunningSince == 0) run.RunningSince = now;
        worker.Advance(now);
        return null;
    }

    private string? NotStarted(Worker worker, long sequence, Completions done)
    {
        if (!worker.InFlight.TryGetValue(sequence, out PoolRun? run) || run.Interruption == Interruption.None) return $"run {sequence} as not started, which was not interrupted";
        worker.TryRemove(sequence, out _);
        worker.Advance(time.GetTimestamp());
        if (run.Interruption == Interruption.Cancelled) done.Add(run, outcomes.Cancelled(run));
        else Again(run.Lane!, [run]);
        return null;
    }

    private string? Loaded(Worker worker, long now)
    {
        if (worker.State != WorkerState.Loading) return "that a task is loaded, which it was not told to";
        worker.State = WorkerState.Serving;
        worker.Since = worker.ServingSince = now;
        startFailures = 0;
        worker.Advance(now);
        return null;
    }

    private string? Hello(Worker worker, long now)
    {
        if (worker.State != WorkerState.Starting) return "a second Hello";
        metrics.Ready(time.GetElapsedTime(worker.Since, now));
        if (trouble is not null)
        {
            // One more failure, and it is as it was.
            startFailures = StartFailuresBeforeGivingUp - 1;
            trouble = null;
            SandboxLog.CanStart(logger);
        }
        worker.State = WorkerState.Spare;
        worker.Since = now;
        ready.TrySetResult();
        return null;
    }

    private string? FetchCall(Worker worker, FetchCallFrame call, ref List<OpenFetch>? calls)
    {
        if (!worker.InFlight.TryGetValue(call.Sequence, out PoolRun? run)) return $"a fetch for run {call.Sequence}, which it was not given";
        if (worker.Fetches.Count == FrameLimits.FetchCalls) return "more fetch calls than it may have open";
        // One that waits for its answer on the spot is not counted by the process itself.
        if (worker.FetchBytes + (call.Body?.Length ?? 0) > FrameLimits.FetchOpenBytes + FrameLimits.FetchRequestBytes) return "more bytes of requests than it may have open";
        run.Fetches ??= new CancellationTokenSource();
        if (run.Request.Record != RecordMode.Never) run.Recorder ??= new ExchangeRecorder(time);
        var request = new FetchRequest(call.Url, call.Method, call.Headers, call.Body)
        {
            Rules = run.Request.Package.Execution.Fetch,
            Number = ++run.FetchCalls,
            Use = run.Use ??= new FetchUse(),
            Task = run.Request.Package.Name,
        };
        // Noted here, where calls come in their order and before the run's end.
        var fetch = new OpenFetch(worker, run, request, call, run.Recorder?.Begin(request) ?? 0);
        if (!worker.Fetches.TryAdd(call.Call, fetch)) return $"fetch call {call.Call} twice";
        worker.FetchBytes += call.Body?.Length ?? 0;
        (calls ??= []).Add(fetch);
        return null;
    }

    private static string? FetchAbort(Worker worker, FetchAbortFrame abort, ref List<OpenFetch>? aborted)
    {
        // One that is not open has been answered in the meantime.
        if (worker.Fetches.TryGetValue(abort.Call, out OpenFetch? fetch)) (aborted ??= []).Add(fetch);
        return null;
    }

    private static string? Logged(Worker worker, LogFrame log, DateTimeOffset wall) =>
        worker.InFlight.TryGetValue(log.Sequence, out PoolRun? run) && Added(run, log.Lines, log.ElapsedMicros, wall) ? null
            : $"a log of run {log.Sequence}, which it was not given, or more of one than a run may have";

    private static bool Added(PoolRun run, IReadOnlyList<LogLine> lines, long elapsedMicros, DateTimeOffset wall) =>
        lines.Count == 0 || run.Log.TryAdd(lines, wall - TimeSpan.FromMicroseconds(Math.Min(elapsedMicros, TimeSpan.FromDays(1).TotalMicroseconds)), run.Lane!.Limits.LogLines, run.Lane.Limits.LogBytes);

    private static string? Profile(Worker worker, ProfileFrame part) =>
        worker.InFlight.TryGetValue(part.Sequence, out PoolRun? run) && run.TryAddProfile(part.Part) ? null : $"a profile of run {part.Sequence}, which it was not given, or more of one than is taken";

    private void FetchEnded(OpenFetch fetch)
    {
        lock (gate)
        {
            if (fetch.Worker.Fetches.Remove(fetch.Call.Call)) fetch.Worker.FetchBytes -= fetch.Call.Body?.Length ?? 0;
        }
    }

    private void Again(Lane lane, IEnumerable<PoolRun> runs)
    {
        foreach (PoolRun run in runs) run.Reset();
        lanes[(lane.Tenant, lane.Package.Digest)] = lane;
        lane.AddFirst(runs);
        Feed(lane);
    }

    private void Kill(Worker worker, KillCause cause)
    {
        worker.Loading = worker.State == WorkerState.Loading;
        worker.State = WorkerState.Dying;
        worker.Process.Kill(cause);
    }
}
