using System.Text.Json;
using Ratchet.Jobs;

namespace Ratchet.Cli.Input.Fields;

/// <summary>A job's priority.</summary>
internal sealed class PriorityField(string name, string field, string description) : BodyOption<JobPriority>(name, field, description, "PRIORITY", Form)
{
    public const string Form = "low, normal, high or urgent";

    protected override JobPriority? Parse(string text) => JobPriorities.TryParse(text, out JobPriority priority) ? priority : null;

    protected override void WriteValue(Utf8JsonWriter json, JobPriority value) => json.WriteStringValue(value.Name());
}
