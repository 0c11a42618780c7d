using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

internal static class TimeZones
{
    /// <exception cref="InvalidScheduleException">The name is none of the IANA time zone database, as this machine has it.</exception>
    public static TimeZoneInfo Find(string name) =>
        EntityName.IsText(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) && zone.HasIanaId ? zone : throw new InvalidScheduleException(
            "/timeZone", $"'{name}' is not an IANA time zone that this server knows; known are names such as UTC and Europe/Berlin.");
}
