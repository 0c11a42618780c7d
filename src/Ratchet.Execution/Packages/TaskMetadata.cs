using Ratchet.Tasks;

namespace Ratchet.Execution.Packages;

/// <summary>What <c>metadata.json</c> says, defaults filled in.</summary>
internal sealed record TaskMetadata(
    string Name, Guid Uuid, string Version, string Label, string Description, TaskExecutionOptions Execution, RetryPolicy Retry);
