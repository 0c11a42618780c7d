using System.Text.Json;

namespace Ratchet.Cli.Output;

/// <summary>Prints what a server sent, as it is or as a table.</summary>
internal static class Show
{
    public static void Write(JsonElement value, OutputFormat format, Action<JsonElement> table)
    {
        switch (format)
        {
            case OutputFormat.Json:
                JsonOutput.WriteIndented(value);
                break;
            case OutputFormat.Yaml:
                YamlOutput.Write(value);
                break;
            default:
                table(value);
                break;
        }
    }
}
