using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Ratchet.Gateway.Hosting;

/// <summary>The Prefer header (RFC 7240).</summary>
internal static class Preferences
{
    /// <summary>The <c>wait</c> preference (section 4.3), bounded by <see cref="Limits.WaitSeconds"/>; null when there is none that can be read, as the RFC asks.</summary>
    public static TimeSpan? Wait(IHeaderDictionary headers)
    {
        Microsoft.Extensions.Primitives.StringValues preferences = headers["Prefer"];
        // Asked of each request, most of which have none.
        if (preferences.Count == 0) return null;
        foreach (string preference in preferences.SelectMany(value => (value ?? "").Split(',', ';')))
        {
            string[] parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 2 && parts[0].Equals("wait", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(parts[1].Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0)
                return TimeSpan.FromSeconds(Math.Min(seconds, Limits.WaitSeconds));
        }

        return null;
    }
}
