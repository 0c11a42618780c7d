using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ratchet.Jobs;
using Ratchet.Tasks;

namespace Ratchet.Storage.Json;

/// <summary>
/// How values without columns of their own are stored: UTF-8 JSON. NUL is escaped and a lone surrogate becomes U+FFFD, so that any text can be stored.
/// </summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(IReadOnlyList<LogEntry>))]
[JsonSerializable(typeof(TaskExecutionOptions))]
[JsonSerializable(typeof(RetryPolicy))]
[JsonSerializable(typeof(JobOptions))]
internal sealed partial class StorageJson : JsonSerializerContext
{
    // The default encoder writes six bytes for each letter outside ASCII; nothing here goes into a web page unescaped.
    private static readonly StorageJson Compact = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[]? Write(Failure? failure) => failure is null ? null : JsonSerializer.SerializeToUtf8Bytes(failure, Compact.Failure);

    /// <summary>Null for an empty log, which most are.</summary>
    public static byte[]? Write(IReadOnlyList<LogEntry> log) => log.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(log, Compact.IReadOnlyListLogEntry);

    public static string Write(TaskExecutionOptions options) => JsonSerializer.Serialize(options, Compact.TaskExecutionOptions);

    public static string Write(RetryPolicy policy) => JsonSerializer.Serialize(policy, Compact.RetryPolicy);

    public static string? Write(JobOptions? options) => options is null ? null : JsonSerializer.Serialize(options, Compact.JobOptions);

    public static JobOptions? ReadOptions(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Compact.JobOptions);

    public static Failure? ReadFailure(byte[]? json) => json is null ? null : JsonSerializer.Deserialize(json, Compact.Failure);

    public static IReadOnlyList<LogEntry> ReadLog(byte[]? json) => json is null ? [] : JsonSerializer.Deserialize(json, Compact.IReadOnlyListLogEntry) ?? [];

    public static TaskExecutionOptions ReadExecution(string json) =>
        JsonSerializer.Deserialize(json, Compact.TaskExecutionOptions) ?? new TaskExecutionOptions();

    public static RetryPolicy ReadRetry(string json) => JsonSerializer.Deserialize(json, Compact.RetryPolicy) ?? new RetryPolicy();
}
