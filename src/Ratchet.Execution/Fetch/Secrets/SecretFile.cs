using System.Text.Json;
using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Fetch.Secrets;

/// <summary>
/// Secrets of a JSON file, read again when it changes: <c>{"STRIPE_KEY": {"value": "...", "hosts": ["api.stripe.com"], "tasks": ["billing"]}}</c>.
/// <c>valueFile</c> instead of <c>value</c> names a file that holds it, such as one that a container's secrets are mounted as.
/// </summary>
public sealed class SecretFile : ISecretSource
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly string[] Known = ["value", "valueFile", "hosts", "tasks"];

    private readonly string path;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private Dictionary<string, Secret> secrets;
    private DateTime writtenAt;
    private long lookedAt;

    /// <exception cref="RatchetException">The file is not there, or is wrong; says where.</exception>
    public SecretFile(string path, TimeProvider time)
    {
        (this.path, this.time) = (Path.GetFullPath(path), time);
        lookedAt = time.GetTimestamp();
        writtenAt = File.GetLastWriteTimeUtc(this.path);
        secrets = Read();
    }

    public Secret? Find(string name)
    {
        lock (gate)
        {
            if (time.GetElapsedTime(lookedAt) >= LookEvery)
            {
                lookedAt = time.GetTimestamp();
                DateTime now = File.GetLastWriteTimeUtc(path);
                if (now != writtenAt)
                {
                    secrets = Read();
                    writtenAt = now;
                }
            }

            return secrets.GetValueOrDefault(name);
        }
    }

    private Dictionary<string, Secret> Read()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Wrong("is no JSON object");
            var read = new Dictionary<string, Secret>(StringComparer.Ordinal);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!SecretReferences.IsName(property.Name)) throw Wrong($"has '{property.Name}', which is no name: letters, digits, '_', '-' and '.', at most 100");
                if (!read.TryAdd(property.Name, SecretOf(property.Name, property.Value))) throw Wrong($"has '{property.Name}' twice");
            }

            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RatchetException($"The secrets in {path} cannot be read: {e.Message}", e);
        }
        catch (JsonException e)
        {
            // Not its message: it may quote what stands there.
            throw Wrong($"is no JSON at line {e.LineNumber + 1}");
        }
    }

    private Secret SecretOf(string name, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Wrong($"has no object for '{name}'");
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!Known.Contains(property.Name)) throw Wrong($"has '{property.Name}' for '{name}'; known are {string.Join(", ", Known)}");
        }

        string? value = Text(json, "value");
        string? file = Text(json, "valueFile");
        if (value is null == file is null) throw Wrong($"needs one of value and valueFile for '{name}'");
        value ??= File.ReadAllText(Path.GetFullPath(file!, Path.GetDirectoryName(path)!)).TrimEnd('\r', '\n');
        if (value.Length < Secret.ShortestChars) throw Wrong($"has a value of less than {Secret.ShortestChars} characters for '{name}': it could not be kept out of answers and recordings");
        List<HostPattern> hosts = [];
        foreach (string host in Texts(json, "hosts", name))
        {
            if (!HostPattern.TryParse(host, out HostPattern pattern)) throw Wrong($"has the host '{host}' for '{name}', which is not a host, '*.' and a domain, or '*'");
            hosts.Add(pattern);
        }

        if (hosts.Count == 0) throw Wrong($"says no hosts for '{name}': where may it be sent to?");
        return new Secret(value, hosts, Texts(json, "tasks", name));
    }

    private static string? Text(JsonElement json, string key) => json.TryGetProperty(key, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private List<string> Texts(JsonElement json, string key, string name)
    {
        if (!json.TryGetProperty(key, out JsonElement list)) return [];
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String)) throw Wrong($"must have a list of texts in '{key}' for '{name}'");
        return [.. list.EnumerateArray().Select(e => e.GetString()!)];
    }

    private RatchetException Wrong(string what) => new($"The file of secrets {path} {what}.");
}
