using System.Text;
using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Input;

/// <summary>A task's input as the user gave it.</summary>
internal static class JsonInput
{
    private const string Stdin = "-";

    /// <param name="option">Named in messages: <c>--input-json</c>.</param>
    /// <exception cref="CliException">Not JSON (with line and column), or over <see cref="Limits.InputBytes"/>.</exception>
    public static JsonElement Parse(string option, ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > Limits.InputBytes) throw new CliException(ExitCodes.Usage, $"{option} is larger than {Limits.InputBytes} bytes.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            // The library ends its messages with the position, counted from 0.
            string place = $"line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}";
            throw new CliException(ExitCodes.Usage, $"{option} is not valid JSON at {place}: {error.Message.Split(" LineNumber:")[0]}");
        }
    }

    public static JsonElement ParseText(string option, string json) => Parse(option, Encoding.UTF8.GetBytes(json));

    /// <param name="file"><c>-</c> for stdin.</param>
    public static async Task<JsonElement> ReadFileAsync(string option, string file, CancellationToken cancel)
    {
        try
        {
            await using Stream stream = file == Stdin ? Console.OpenStandardInput() : File.OpenRead(file);
            using MemoryStream copy = new();
            byte[] buffer = new byte[64 << 10];
            for (int read; copy.Length <= Limits.InputBytes && (read = await stream.ReadAsync(buffer, cancel)) > 0;) copy.Write(buffer, 0, read);
            return Parse($"{option} {file}", copy.GetBuffer().AsMemory(0, (int)copy.Length));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"{option} {file} cannot be read: {error.Message}");
        }
    }
}
