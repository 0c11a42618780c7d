using Ratchet.Sandbox.Protocol;

namespace Ratchet.Execution.Sandboxes.Validation;

/// <summary>Which task's input schema is in which slot of the validating process; the one used longest ago makes room.</summary>
internal sealed class SchemaCache
{
    private readonly Dictionary<string, int> slots = [];
    private readonly LinkedList<string> order = new();

    /// <summary>The slot of <paramref name="digest"/>; true when the schema has yet to be sent there.</summary>
    public bool Place(string digest, out int slot)
    {
        if (slots.TryGetValue(digest, out slot))
        {
            order.Remove(digest);
            order.AddLast(digest);
            return false;
        }
        slot = slots.Count;
        if (slots.Count == FrameLimits.SchemaSlots)
        {
            string oldest = order.First!.Value;
            order.RemoveFirst();
            slots.Remove(oldest, out slot);
        }
        slots.Add(digest, slot);
        order.AddLast(digest);
        return true;
    }

    /// <summary>The process is another one.</summary>
    public void Clear()
    {
        slots.Clear();
        order.Clear();
    }
}
