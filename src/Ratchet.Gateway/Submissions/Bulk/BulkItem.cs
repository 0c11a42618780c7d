using Ratchet.Gateway.Problems;
using Ratchet.Submissions;

namespace Ratchet.Gateway.Submissions.Bulk;

/// <summary>One job of a bulk submit: what is to be submitted, or what is wrong with it.</summary>
internal readonly record struct BulkItem(Submission? Submission, Problem? Problem)
{
    public static BulkItem Read(ReadOnlySpan<byte> json, string? traceParent)
    {
        try
        {
            Submission read = SubmitRequest.Read(json, null);
            return new BulkItem(traceParent is null ? read : read with { TraceParent = traceParent }, null);
        }
        catch (ProblemException e)
        {
            return new BulkItem(null, e.Problem);
        }
    }
}
