using Cronos;
using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>Finds where a cron expression is wrong: the library that reads it says what is wrong, not where.</summary>
internal sealed class CronFields
{
    private const int Fewest = 5;
    private const int Most = 6;
    private static readonly char[] Blanks = [' ', '\t'];
    private static readonly string[] Names = ["second", "minute", "hour", "day of month", "month", "day of week"];

    private readonly string text;
    private readonly List<(int Offset, string Text)> fields = [];

    public CronFields(string text)
    {
        this.text = text;
        for (int at = 0; at < text.Length;)
        {
            int end = text.IndexOfAny(Blanks, at);
            if (end < 0) end = text.Length;
            if (end > at) fields.Add((at, text[at..end]));
            at = end + 1;
        }
    }

    public bool HasSeconds => fields.Count == Most;

    /// <summary>The fields with one blank between them.</summary>
    /// <exception cref="InvalidScheduleException">Not five or six fields; the position is that of the first that is missing or too many.</exception>
    public string Joined()
    {
        if (fields.Count < Fewest)
            throw At(fields.Count + 1, text.Length, $"has {fields.Count} fields; it needs five (minute, hour, day of month, month, day of week), or six with seconds first");
        if (fields.Count > Most) throw At(Most + 1, fields[Most].Offset, $"has {fields.Count} fields; it may have six at most");
        return string.Join(' ', fields.Select(f => f.Text));
    }

    /// <summary>The error at the first item of the first field that is wrong for itself.</summary>
    public InvalidScheduleException Mistake(string reason)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (Test(i, fields[i].Text) is not { } wrong) continue;
            int offset = fields[i].Offset;
            foreach (string item in fields[i].Text.Split(','))
            {
                if (item.Length == 0) return Wrong(i, offset, "a value is missing");
                if (Test(i, item) is { } itemWrong) return Wrong(i, offset, itemWrong);
                offset += item.Length + 1;
            }

            return Wrong(i, fields[i].Offset, wrong);
        }

        return At(1, 0, $"is wrong: {reason}");
    }

    /// <summary>What the library says of an expression whose other fields are right; null when it is right.</summary>
    private string? Test(int field, string content)
    {
        string[] tested = [.. fields.Select(_ => "*")];
        tested[field] = content;
        try
        {
            CronExpression.Parse(string.Join(' ', tested), HasSeconds ? CronFormat.IncludeSeconds : CronFormat.Standard);
            return null;
        }
        catch (CronFormatException e)
        {
            return Reason(e);
        }
        catch (MissingSeedException)
        {
            return "H is not known here; use the schedule's jitter";
        }
    }

    /// <summary>The last part of the library's message: "... invalid format. Hours: Value must be a number between 0 and 23 (all inclusive)."</summary>
    public static string Reason(CronFormatException e) => e.Message[(e.Message.LastIndexOf(": ", StringComparison.Ordinal) + 1)..].Trim().TrimEnd('.');

    private InvalidScheduleException Wrong(int index, int offset, string reason) =>
        At(index + 1, offset, $"is wrong in field {index + 1} ({Names[index + Most - fields.Count]}), at character {offset + 1}: {reason}");

    private static InvalidScheduleException At(int field, int offset, string what) =>
        new("/cron", $"cron {what}.") { Position = new CronPosition(field, offset) };
}
