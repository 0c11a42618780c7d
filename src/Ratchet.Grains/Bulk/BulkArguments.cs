using System.Text.Json;
using System.Text.Json.Serialization;
using Ratchet.Bulk;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;

namespace Ratchet.Grains.Bulk;

/// <summary>What an operation's row says of what it picks and does.</summary>
internal sealed record BulkArguments(IReadOnlyList<JobState> States, string? Task, string? Queue, DateTimeOffset CreatedBefore, JobPriority? Priority)
{
    public PickQuery Query => new(States, Task, Queue, CreatedBefore);

    /// <summary>Asks for the same. The instant is left out: it is that of the call where none was given.</summary>
    public bool IsSameAs(BulkArguments other) =>
        States.Order().SequenceEqual(other.States.Order()) && (Task, Queue, Priority) == (other.Task, other.Queue, other.Priority);

    public string ToJson() => JsonSerializer.Serialize(this, BulkJson.Default.BulkArguments);

    public static BulkArguments Parse(string json) => JsonSerializer.Deserialize(json, BulkJson.Default.BulkArguments)!;

    /// <summary>The states from which an action goes; jobs in others are not picked at all.</summary>
    public static IReadOnlyList<JobState> StatesOf(BulkAction action) => action switch
    {
        BulkAction.Cancel => JobTransition.Cancel.From,
        BulkAction.Retry => [.. JobTransition.Redrive.From, JobState.Retrying],
        BulkAction.Reprioritise => [JobState.Scheduled, JobState.Queued, JobState.Retrying],
        _ => [.. JobStates.All.Where(s => s.IsTerminal())],
    };
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(BulkArguments))]
internal sealed partial class BulkJson : JsonSerializerContext;
