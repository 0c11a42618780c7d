using Microsoft.Extensions.Configuration;

namespace Ratchet.Configuration;

/// <summary>The settings in force, and where each came from.</summary>
public sealed class LoadedSettings
{
    private readonly KnownSettings known;
    private readonly List<SettingsLayer> layers;

    internal LoadedSettings(IConfigurationRoot values, KnownSettings known, List<SettingsLayer> layers)
    {
        Values = values;
        this.known = known;
        this.layers = layers;
    }

    public IConfigurationRoot Values { get; }

    /// <summary>A section as its options class.</summary>
    /// <exception cref="SettingsException">A value does not have its setting's type.</exception>
    public T Get<T>(string section) where T : new()
    {
        try
        {
            return Values.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException e)
        {
            throw new SettingsException($"A setting of section '{section}' has a wrong value: {(e.InnerException ?? e).Message}", e);
        }
    }

    /// <summary>Every setting with its value and origin, secrets as <c>[REDACTED]</c>.</summary>
    public IEnumerable<(string Key, string Value, string Origin)> Explain()
    {
        foreach (Setting setting in known.All)
        {
            SettingsLayer? layer = layers.FirstOrDefault(l => l.Values.Keys.Any(key => known.Find(key) == setting));
            string value = layer is null
                ? setting.Default
                : string.Join(", ", layer.Values.Where(pair => known.Find(pair.Key) == setting).Select(pair => pair.Value));
            yield return (setting.Key, setting.IsSecret && value.Length > 0 ? "[REDACTED]" : value, layer?.Origin ?? "default");
        }
    }
}
