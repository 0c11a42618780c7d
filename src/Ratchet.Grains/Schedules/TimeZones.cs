using Ratchet.Schedules;

namespace Ratchet.Grains.Schedules;

internal static class TimeZones
{
    /// <summary>By its exact name: the runtime knows another spelling once it has met the right one, and would answer differently after a restart.</summary>
    /// <exception cref="InvalidScheduleException">The name is none of the IANA time zone database, as this machine has it.</exception>
    public static TimeZoneInfo Find(string name) =>
        EntityName.IsText(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) && zone.HasIanaId && zone.Id == name ? zone : throw new InvalidScheduleException(
            "/timeZone", $"'{name}' is not an IANA time zone that this server knows; known are names such as UTC and Europe/Berlin.");
}
