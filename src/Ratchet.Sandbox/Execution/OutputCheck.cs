using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.ClearScript;
using Ratchet.Sandbox.Schemas;

namespace Ratchet.Sandbox.Execution;

/// <summary>Whether what a task was given or returned is what its schemas say.</summary>
internal static class OutputCheck
{
    private const int StackBytes = 1024;

    public static bool IsTooLarge(string json, int mostBytes) => json.Length > mostBytes / 3 && Encoding.UTF8.GetByteCount(json) > mostBytes;

    /// <summary>True when it surely matches; otherwise the validator is to be asked.</summary>
    public static bool Matches(SchemaShape shape, string json)
    {
        if (json.Length > SchemaShape.MostBytes) return false;
        int most = Encoding.UTF8.GetMaxByteCount(json.Length);
        byte[]? rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> bytes = rented ?? stackalloc byte[StackBytes];
        bool matches = shape.Matches(bytes[..Encoding.UTF8.GetBytes(json, bytes)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return matches;
    }

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
