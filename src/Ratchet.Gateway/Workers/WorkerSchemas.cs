using Ratchet.Gateway.OpenApi;
using Ratchet.Gateway.Queues;

namespace Ratchet.Gateway.Workers;

/// <summary>Workers as <see cref="WorkerJson"/> writes them.</summary>
internal static class WorkerSchemas
{
    public static readonly ApiType Worker = ApiType.Of("Worker", "A node that runs jobs.",
        ("name", Schema.Text()),
        ("incarnation", Schema.Text("Which of its starts.")),
        ("mode", Schema.Word(QueueSchemas.Modes)),
        ("capacity", Schema.Integer("Jobs that it takes at once.", 0)),
        ("running", Schema.Integer(null, 0)),
        ("processors", Schema.Integer(null, 0)),
        ("memoryBytes", Schema.Integer(null, 0)),
        ("isolation", Schema.Text("The walls around its sandboxes.")));
}
