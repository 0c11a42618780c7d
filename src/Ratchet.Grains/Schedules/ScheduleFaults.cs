using Ratchet.Schedules;
using Ratchet.Submissions;

namespace Ratchet.Grains.Schedules;

/// <summary>Gathers all that is wrong with a definition: nobody should have to send it once for each mistake.</summary>
internal sealed class ScheduleFaults
{
    private readonly List<ScheduleFault> found = [];

    public bool None => found.Count == 0;

    public void Add(string pointer, string message) => found.Add(new ScheduleFault(pointer, message));

    /// <summary>Notes what a check throws, and goes on.</summary>
    public void Try(Action check)
    {
        try
        {
            check();
        }
        catch (InvalidScheduleException e)
        {
            Add(e);
        }
    }

    /// <summary>As <see cref="Try"/>, for what looks at the schedule's job; a refusal that is all there is keeps its own kind.</summary>
    public async Task TryJobAsync(Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (InvalidScheduleException e)
        {
            Add(e);
        }
        catch (ScheduleRefusedException e) when (!None)
        {
            Add(e.Rejection);
        }
    }

    /// <exception cref="InvalidScheduleException">There is any.</exception>
    public void ThrowIfAny()
    {
        if (!None) throw new InvalidScheduleException(found[0].Pointer, found[0].Message) { Position = found[0].Position, Others = [.. found.Skip(1)] };
    }

    private void Add(InvalidScheduleException e)
    {
        found.Add(new ScheduleFault(e.Pointer, e.Message, e.Position));
        found.AddRange(e.Others);
    }

    private void Add(Rejection rejection)
    {
        string root = rejection.Code switch
        {
            RejectionCode.InvalidInput => "/job/input",
            RejectionCode.UnknownVersion => "/job/version",
            RejectionCode.InvalidField => "/job",
            _ => "/job/task",
        };
        if (rejection.Errors.Count == 0) Add(root, rejection.Message);
        foreach (Ratchet.Tasks.SchemaError error in rejection.Errors) Add(root + error.Pointer, error.Message);
    }
}
