using Ratchet.Jobs;
using Ratchet.Queues;

namespace Ratchet.Grains.Queues;

/// <summary>A node that this queue hands out to: its room, and what it has of this queue.</summary>
public sealed class NodeLink(string name, string incarnation, Guid owner, int capacity)
{
    public string Name { get; } = name;
    public string Incarnation { get; } = incarnation;

    /// <summary>The token of this attachment: hand-outs of an earlier one, still on their way, are refused.</summary>
    public Guid Owner { get; } = owner;

    /// <summary>Jobs of this queue that the node takes at once.</summary>
    public int Capacity { get; set; } = capacity;

    public Dictionary<JobId, ReadyJob> InFlight { get; } = [];

    /// <summary>Chosen for the hand-out that is being made up.</summary>
    public List<ReadyJob> Next { get; private set; } = [];

    public int Free => Capacity - InFlight.Count;

    /// <summary>It may be given jobs.</summary>
    public bool Open => !InDoubt && Free > 0;

    /// <summary>A hand-out failed and what became of it is not known yet: nothing more goes there until the node has been asked.</summary>
    public bool InDoubt { get; set; }

    public void Add(ReadyJob job)
    {
        InFlight.Add(job.Id, job);
        Next.Add(job);
    }

    public List<ReadyJob> TakeNext()
    {
        List<ReadyJob> next = Next;
        Next = [];
        return next;
    }
}
