using System.Text.Json.Nodes;

namespace Ratchet.Gateway.Bodies;

/// <summary>Stands in for a body while a field's reader is asked what it would read: so the description of a request cannot be another than its reader.</summary>
internal sealed class ShapeProbe
{
    /// <summary>JSON Schema of the value that was asked for first.</summary>
    public JsonObject? Kind { get; private set; }

    /// <summary>Notes what was asked for, and hands out a value of that kind.</summary>
    public T Is<T>(JsonObject kind, T value)
    {
        Kind ??= kind;
        return value;
    }
}
