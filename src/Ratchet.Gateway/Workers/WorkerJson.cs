using System.Text.Json;
using Ratchet.Workers;

namespace Ratchet.Gateway.Workers;

/// <summary>A worker node as JSON.</summary>
internal static class WorkerJson
{
    public static IReadOnlyList<string> Members { get; } = ["name", "incarnation", "mode", "capacity", "running", "processors", "memoryBytes", "isolation"];

    public static void Write(Utf8JsonWriter json, WorkerNodeView worker)
    {
        json.WriteStartObject();
        json.WriteString("name", worker.Name);
        json.WriteString("incarnation", worker.Incarnation);
        json.WriteString("mode", WorkerList.ModeOf(worker).Name());
        json.WriteNumber("capacity", worker.Capacity);
        json.WriteNumber("running", worker.Running);
        json.WriteNumber("processors", worker.Processors);
        json.WriteNumber("memoryBytes", worker.MemoryBytes);
        json.WriteString("isolation", worker.Isolation);
        json.WriteEndObject();
    }
}
