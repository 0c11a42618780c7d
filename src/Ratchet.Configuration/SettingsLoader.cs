using System.Collections;
using Microsoft.Extensions.Configuration;

namespace Ratchet.Configuration;

/// <summary>Settings from flags, then the environment (<c>RATCHET__Section__Key</c>), then a YAML file, then defaults: the first that has one counts.</summary>
public sealed class SettingsLoader(KnownSettings known)
{
    private const string Prefix = "RATCHET__";
    private const string FileSuffix = "_FILE";

    /// <param name="flags">Keys as <c>Section:Key</c>.</param>
    /// <param name="file">A YAML file, or null.</param>
    /// <exception cref="SettingsException">A key is unknown, or a file cannot be read: one line a mistake.</exception>
    public LoadedSettings Load(IReadOnlyDictionary<string, string?> flags, IDictionary environment, string? file)
    {
        var layers = new List<SettingsLayer> { new("flag", new Dictionary<string, string?>(flags, StringComparer.OrdinalIgnoreCase)), Environment(environment) };
        if (file is not null) layers.Add(new SettingsLayer($"file {file}", YamlSettings.Read(file)));
        List<string> mistakes = [.. layers.SelectMany(Mistakes)];
        if (mistakes.Count > 0) throw new SettingsException(string.Join(System.Environment.NewLine, mistakes));

        var builder = new ConfigurationBuilder();
        foreach (SettingsLayer layer in Enumerable.Reverse(layers)) builder.AddInMemoryCollection(layer.Values.ToDictionary(pair => pair.Key, pair => Bindable(pair.Key, pair.Value)));
        return new LoadedSettings(builder.Build(), known, layers);
    }

    private IEnumerable<string> Mistakes(SettingsLayer layer)
    {
        foreach ((string key, string? value) in layer.Values)
        {
            Setting? setting = known.Find(key);
            if (setting is null) yield return $"Unknown setting '{key}' ({layer.Origin}); the nearest known one is '{known.Nearest(key)}'.";
            else if (!setting.TryRead(value, out _)) yield return $"{key}{(setting.IsSecret ? "" : $" is '{value}'")} ({layer.Origin}); it must be {setting.Form}.";
        }
    }

    private string? Bindable(string key, string? text)
    {
        known.Find(key)!.TryRead(text, out string? value);
        return value;
    }

    private static SettingsLayer Environment(IDictionary variables)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in variables)
        {
            string name = (string)variable.Key;
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) continue;
            string key = name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal);
            if (key.EndsWith(FileSuffix, StringComparison.Ordinal)) values[key[..^FileSuffix.Length]] = Secret(name, (string?)variable.Value);
            else values[key] = (string?)variable.Value;
        }

        return new SettingsLayer("environment", values);
    }

    private static string Secret(string variable, string? path)
    {
        try
        {
            return System.IO.File.ReadAllText(path ?? "").TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException($"The file '{path}' that {variable} names cannot be read: {e.Message}", e);
        }
    }
}

internal sealed record SettingsLayer(string Origin, Dictionary<string, string?> Values);

/// <summary>The configuration is wrong; the message says where and what is near.</summary>
public sealed class SettingsException : RatchetException
{
    public SettingsException(string message) : base(message) { }
    public SettingsException(string message, Exception inner) : base(message, inner) { }
}
