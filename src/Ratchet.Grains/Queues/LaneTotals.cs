namespace Ratchet.Grains.Queues;

/// <summary>What is asked of all lanes together, counted as they change: there can be thousands, and a look at each costs more than what a queue does between two looks.</summary>
internal sealed class LaneTotals
{
    /// <summary>Lanes with ready jobs that are in the store alone.</summary>
    public int MoreInStore { get; set; }

    /// <summary>Lanes that something holds up.</summary>
    public int Held { get; set; }
}
