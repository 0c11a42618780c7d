using System.Text.Json;
using Ratchet.Gateway.GraphQL.Engine;
using Ratchet.Tasks;

namespace Ratchet.Gateway.GraphQL.Schema;

/// <summary>An input as the body that REST takes for the same: so that what it means and what is wrong with it are decided in one place.</summary>
internal static class InputJson
{
    private static readonly Dictionary<string, string> Modes = new() { ["ON_FAILURE"] = RecordMode.OnFailure.Name() };

    /// <param name="without">Fields that are no part of the body.</param>
    public static byte[] Of(IReadOnlyDictionary<string, object?> input, params ReadOnlySpan<string> without)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach ((string name, object? value) in input)
            {
                if (without.Contains(name)) continue;
                json.WritePropertyName(name);
                GraphResult.WriteValue(json, name == "job" && value is IReadOnlyDictionary<string, object?> job ? Job(job) : value);
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>A job's fields, with the words that REST has for them.</summary>
    public static IReadOnlyDictionary<string, object?> Job(IReadOnlyDictionary<string, object?> job) =>
        job.ToDictionary(f => f.Key, f => f.Key == "record" && f.Value is string mode && Modes.TryGetValue(mode, out string? word) ? word : f.Value);
}
