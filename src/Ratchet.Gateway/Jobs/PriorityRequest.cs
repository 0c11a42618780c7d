using Ratchet.Gateway.Bodies;
using Ratchet.Gateway.Problems;
using Ratchet.Jobs;

namespace Ratchet.Gateway.Jobs;

/// <summary>Body of POST /jobs/{id}/priority: <c>{priority}</c>.</summary>
internal static class PriorityRequest
{
    internal static readonly BodyShape<JobPriority?> Shape = new("a change of priority") { { "priority", (_, ref body) => body.Priority() } };

    public static JobPriority Read(ReadOnlySpan<byte> body) =>
        BodyReader.Read(body, Shape, null) ?? throw new ProblemException(Problem.InvalidField("/priority", "priority is missing: LOW, NORMAL, HIGH or URGENT."));
}
