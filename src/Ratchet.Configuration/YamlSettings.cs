using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ratchet.Configuration;

/// <summary>A YAML file (yaml.org/spec/1.2) of sections as keys like <c>Tasks:Sources:0</c>.</summary>
internal static class YamlSettings
{
    // A file of settings has two levels and a list; this is far beyond.
    private const int MostDepth = 16;

    /// <exception cref="SettingsException">The file is not there, or is no YAML mapping: says where the mistake is.</exception>
    public static Dictionary<string, string?> Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            if (yaml.Documents.Count == 0) return values;
            if (yaml.Documents[0].RootNode is not YamlMappingNode root) throw Wrong(path, "it is not a YAML mapping of sections to settings");
            Add(values, path, "", root, 0);
            return values;
        }
        catch (YamlException e)
        {
            throw new SettingsException($"The configuration file '{path}' cannot be read: line {e.Start.Line}, column {e.Start.Column}: {e.Message}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsException($"The configuration file '{path}' is not there.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingsException($"The configuration file '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static void Add(Dictionary<string, string?> values, string path, string key, YamlNode node, int depth)
    {
        if (depth > MostDepth) throw Wrong(path, $"line {node.Start.Line}: it is nested more than {MostDepth} deep");
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach ((YamlNode name, YamlNode value) in mapping.Children)
                {
                    if (name is not YamlScalarNode { Value: { } text }) throw Wrong(path, $"line {name.Start.Line}: a key must be text");
                    Add(values, path, key.Length == 0 ? text : $"{key}:{text}", value, depth + 1);
                }
                break;
            case YamlSequenceNode list:
                for (int i = 0; i < list.Children.Count; i++) Add(values, path, string.Create(CultureInfo.InvariantCulture, $"{key}:{i}"), list.Children[i], depth + 1);
                break;
            case YamlScalarNode scalar when !IsNull(scalar):
                if (!values.TryAdd(key, scalar.Value)) throw Wrong(path, $"line {scalar.Start.Line}: '{key}' is there twice");
                break;
        }
    }

    private static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null" or "Null" or "NULL";

    private static SettingsException Wrong(string path, string what) => new($"The configuration file '{path}' cannot be read: {what}.");
}
