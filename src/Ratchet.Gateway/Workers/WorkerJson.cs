using System.Text.Json;
using Ratchet.Workers;

namespace Ratchet.Gateway.Workers;

/// <summary>A worker node as JSON.</summary>
internal static class WorkerJson
{
    public static void Write(Utf8JsonWriter json, WorkerNodeView worker)
    {
        json.WriteStartObject();
        json.WriteString("name", worker.Name);
        json.WriteString("incarnation", worker.Incarnation);
        // A node that drains takes no more work, as a queue that drains takes no more jobs.
        json.WriteString("mode", (worker.Draining ? WorkMode.Draining : WorkMode.Active).Name());
        json.WriteNumber("capacity", worker.Capacity);
        json.WriteNumber("running", worker.Running);
        json.WriteNumber("processors", worker.Processors);
        json.WriteNumber("memoryBytes", worker.MemoryBytes);
        json.WriteString("isolation", worker.Isolation);
        json.WriteEndObject();
    }
}
