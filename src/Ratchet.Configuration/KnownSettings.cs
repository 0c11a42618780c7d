using System.Reflection;

namespace Ratchet.Configuration;

/// <summary>
/// The settings that a process knows: the public, settable properties of its options classes, a section each. Anything else in the
/// configuration is a mistake that is told, not ignored.
/// </summary>
public sealed class KnownSettings
{
    private readonly SortedDictionary<string, Setting> settings = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<Setting> All => settings.Values;

    /// <summary>Adds a section. Its default values are those of a new <typeparamref name="T"/>.</summary>
    public KnownSettings Add<T>(string section) where T : new()
    {
        var defaults = new T();
        foreach (PropertyInfo property in typeof(T).GetProperties().Where(p => p.SetMethod?.IsPublic == true))
        {
            string key = $"{section}:{property.Name}";
            bool secret = property.GetCustomAttribute<SecretSettingAttribute>() is not null;
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            bool list = type.IsArray || type.IsGenericType;
            settings[key] = new Setting(key, list ? Element(type) : type, list, secret, Text(property.GetValue(defaults)));
        }

        return this;
    }

    /// <summary>The setting that a configuration key belongs to, or null when there is none. Lists match with their index: <c>Tasks:Sources:0</c>.</summary>
    public Setting? Find(string key)
    {
        if (settings.TryGetValue(key, out Setting? setting)) return setting;
        int last = key.LastIndexOf(':');
        return last > 0 && settings.TryGetValue(key[..last], out setting) && setting.IsList ? setting : null;
    }

    /// <summary>The known key that is least edits away.</summary>
    public string Nearest(string key) => settings.Keys.MinBy(known => Distance(known.ToUpperInvariant(), key.ToUpperInvariant())) ?? "";

    private static Type Element(Type list) => list.GetElementType() ?? list.GenericTypeArguments[^1];

    private static string Text(object? value) => value switch
    {
        null => "",
        System.Collections.IEnumerable list and not string => string.Join(", ", list.Cast<object>().Select(Text)),
        TimeSpan duration => Durations.Format(duration),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>V. Levenshtein's distance (1965), two rows at a time.</summary>
    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        int[] current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
