namespace Ratchet.Gateway.Hosting;

/// <summary>Who does what comes in here, for the history of jobs and operations.</summary>
internal static class Actors
{
    public const string Client = "client";
}
