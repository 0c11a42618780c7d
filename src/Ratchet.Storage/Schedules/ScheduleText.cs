using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ratchet.Schedules;

namespace Ratchet.Storage.Schedules;

/// <summary>A definition as it is stored: JSON without the job's input, which has a column of its own and stays byte for byte what the client sent.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ScheduleDefinition))]
public sealed partial class ScheduleText : JsonSerializerContext
{
    private static readonly ScheduleText Compact = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>True when both say the same, with the same bytes of input.</summary>
    public static bool Same(ScheduleDefinition one, ScheduleDefinition other) =>
        one.Job.Input.AsSpan().SequenceEqual(other.Job.Input) && Write(one) == Write(other);

    internal static string Write(ScheduleDefinition definition) =>
        JsonSerializer.Serialize(definition with { Job = definition.Job with { Input = [] } }, Compact.ScheduleDefinition);

    internal static ScheduleDefinition Read(string json, byte[]? input)
    {
        ScheduleDefinition definition = JsonSerializer.Deserialize(json, Compact.ScheduleDefinition)
            ?? throw new FormatException("A schedule's definition in the store is 'null'.");
        return input is null ? definition : definition with { Job = definition.Job with { Input = input } };
    }
}
