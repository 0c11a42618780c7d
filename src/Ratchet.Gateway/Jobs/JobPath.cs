using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>The job that a path names.</summary>
internal static class JobPath
{
    /// <exception cref="ProblemException">It is no job's id (404, as for any job that is not there).</exception>
    public static JobId Id(string text) => JobId.TryParse(text, out JobId id) ? id : throw Unknown(text);

    public static ProblemException Unknown(string text) => new(Problem.NotFound($"There is no job '{text}'."));
}
