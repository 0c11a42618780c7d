using Ratchet.Jobs;

namespace Ratchet.Gateway.Events;

/// <summary>Somebody follows events more slowly than they happen. He is let go, and may come again behind the last that he has had.</summary>
/// <param name="place">That event's place.</param>
public sealed class EventLagException(EventCursor place)
    : RatchetException("You read more slowly than events happen, and more of them than are kept have gone by. Follow again behind the last event that you have; what was missed is read from the store.")
{
    public EventCursor Place { get; } = place;
}
