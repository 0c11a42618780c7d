using System.Text.Json;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Events;

/// <summary>Events, one line each.</summary>
internal sealed class EventLines(OutputFormat format)
{
    public void Write(JsonElement happened)
    {
        if (format == OutputFormat.Json)
        {
            JsonOutput.WriteCompact(happened);
            return;
        }

        string way = happened.Field("from") is null ? happened.Shown("to") : $"{happened.Shown("from")} > {happened.Shown("to")}";
        string reason = happened.Field("reason") is null ? "" : $"  {happened.Shown("reason")}";
        Console.Out.WriteLine(Messages.Clean(
            $"{happened.ShownTime("at")}  {happened.Shown("transition"),-12} {way,-24} {happened.Shown("task")}/{happened.Shown("queue")}  {happened.Shown("job")}  {happened.Shown("actor")}{reason}"));
    }
}
