using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Jobs;

/// <summary>Lines of a log on stdout: for people, or as NDJSON.</summary>
internal sealed class LogLines(OutputFormat format)
{
    private readonly bool colours = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 };
    private string execution = "";

    public void Write(JsonElement line)
    {
        if (format == OutputFormat.Json)
        {
            JsonOutput.WriteCompact(line);
            return;
        }

        string now = line.Shown("execution");
        if (now != execution && execution.Length > 0) Messages.Note($"attempt {line.Shown("attempt")}");
        execution = now;
        string level = line.Shown("level");
        Console.Out.WriteLine($"{line.ShownTime("at")} {Coloured(level)} {Messages.Clean(line.Shown("message"))}");
        Console.Out.Flush();
    }

    /// <summary>An execution's process was lost; it begins again, and its log with it.</summary>
    public static void Restarted() => Messages.Note("the execution was lost with its process and begins again");

    private string Coloured(string level)
    {
        string padded = Messages.Clean(level).PadRight(5);
        // ECMA-48, Select Graphic Rendition.
        return (colours, level) switch
        {
            (true, "error") => $"\e[31m{padded}\e[0m",
            (true, "warn") => $"\e[33m{padded}\e[0m",
            (true, "debug") => $"\e[2m{padded}\e[0m",
            _ => padded,
        };
    }
}
