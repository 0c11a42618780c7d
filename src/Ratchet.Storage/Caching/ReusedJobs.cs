using Ratchet.Jobs;

namespace Ratchet.Storage.Caching;

/// <summary>How the history of a job tells that it was given another's result.</summary>
internal static class ReusedJobs
{
    /// <summary>Who did it.</summary>
    public const string Actor = "cache";

    public static string Reason(JobId source) => $"the result of job {source}";
}
