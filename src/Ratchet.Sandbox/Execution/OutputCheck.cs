using System.Text;
using System.Text.Json;
using Microsoft.ClearScript;
using Ratchet.Sandbox.Schemas;

namespace Ratchet.Sandbox.Execution;

/// <summary>Whether what a task was given or returned is what its schemas say.</summary>
internal static class OutputCheck
{
    public static bool IsTooLarge(string json, int mostBytes) => json.Length > mostBytes / 3 && Encoding.UTF8.GetByteCount(json) > mostBytes;

    /// <summary>Null when it matches, else the errors as a JSON array.</summary>
    public static string? Validate(SchemaEngine schemas, int schema, string json, out bool interrupted)
    {
        interrupted = false;
        try
        {
            return schemas.Validate(schema, json);
        }
        catch (ScriptInterruptedException)
        {
            interrupted = true;
            return null;
        }
        catch (ScriptEngineException e)
        {
            return SchemaSlots.NotJson(e);
        }
    }

    /// <summary>The first error as a sentence, and how many there are.</summary>
    public static string Sentence(string what, string errors)
    {
        using JsonDocument document = JsonDocument.Parse(errors);
        JsonElement first = document.RootElement[0];
        string pointer = first.GetProperty("pointer").GetString() ?? "";
        int more = document.RootElement.GetArrayLength() - 1;
        string place = pointer.Length == 0 ? $"The {what}" : $"The {what} at {pointer}";
        return $"{place} {first.GetProperty("message").GetString()}{(more > 0 ? $" (and {more} more)" : "")}.";
    }
}
