using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

internal static class TimeZones
{
    /// <summary>By its exact name: the runtime knows another spelling once it has met the right one, and would answer differently after a restart.</summary>
    /// <exception cref="InvalidScheduleException">The name is none of the IANA time zone database, as this machine has it.</exception>
    public static TimeZoneInfo Find(string name) =>
        EntityName.IsText(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) && zone.HasIanaId && zone.Id == name ? zone : throw new InvalidScheduleException(
            "/timeZone", $"'{name}' is not an IANA time zone that this server knows; {Hint(name)}");

    private static string Hint(string name) => Nearest(name) is { } near ? $"did you mean '{near}'?" : "known are names such as UTC and Europe/Berlin.";

    /// <summary>By its city alone, or nearly as it was typed.</summary>
    private static string? Nearest(string name)
    {
        string[] known = [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId).Select(z => z.Id)];
        string city = name.Trim().Replace(' ', '_');
        return known.FirstOrDefault(z => z.EndsWith('/' + city, StringComparison.OrdinalIgnoreCase)) ?? NearestName.Close(name, known);
    }
}
