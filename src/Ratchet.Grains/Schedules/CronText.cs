using Cronos;
using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

/// <summary>Reads cron expressions: five fields, six with seconds first, or a macro; names of months and days, ranges, steps, lists, L, W and #.</summary>
internal static class CronText
{
    private static readonly Dictionary<string, CronExpression> Macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = CronExpression.Hourly,
        ["@daily"] = CronExpression.Daily,
        ["@weekly"] = CronExpression.Weekly,
        ["@monthly"] = CronExpression.Monthly,
        ["@yearly"] = CronExpression.Yearly,
    };

    /// <exception cref="InvalidScheduleException">It cannot be read; with the field and the offset.</exception>
    public static CronExpression Parse(string text)
    {
        if (text.Length > Limits.CronChars) throw new InvalidScheduleException("/cron", $"cron has {text.Length} characters; at most {Limits.CronChars} are accepted.");
        string trimmed = text.Trim(' ', '\t');
        if (trimmed.StartsWith('@'))
        {
            return Macros.TryGetValue(trimmed, out CronExpression? macro) ? macro : throw new InvalidScheduleException(
                "/cron", $"cron macro '{trimmed}' is not known; known are {string.Join(", ", Macros.Keys)}.") { Position = new CronPosition(1, text.IndexOf('@', StringComparison.Ordinal)) };
        }

        var fields = new CronFields(text);
        string joined = fields.Joined();
        try
        {
            return CronExpression.Parse(joined, fields.HasSeconds ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (CronFormatException e)
        {
            throw fields.Mistake(CronFields.Reason(e));
        }
        catch (MissingSeedException e)
        {
            throw fields.Mistake(e.Message);
        }
    }
}
