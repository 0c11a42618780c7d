namespace Ratchet.Webhooks;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its next attempt, or has one under way. While its webhook is disabled it waits on.</summary>
    Pending = 0,

    /// <summary>An end: the receiver answered with 2xx.</summary>
    Succeeded = 1,

    /// <summary>An end until it is sent again: the attempts are used up. These are the dead letters.</summary>
    Failed = 2,
}

/// <summary>The names of <see cref="DeliveryState"/> as users, the API and the store spell them.</summary>
public static class DeliveryStates
{
    private static readonly string[] Names = ["PENDING", "SUCCEEDED", "FAILED"];

    public static IReadOnlyList<DeliveryState> All { get; } = Enum.GetValues<DeliveryState>();

    public static string Name(this DeliveryState state) => Names[(int)state];

    public static bool TryParse(string name, out DeliveryState state)
    {
        int at = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        state = at < 0 ? default : (DeliveryState)at;
        return at >= 0;
    }

    /// <exception cref="FormatException">The name is none of the known states.</exception>
    public static DeliveryState Parse(string name) =>
        TryParse(name, out DeliveryState state) ? state : throw new FormatException($"'{name}' is none of {string.Join(", ", Names)}.");
}
