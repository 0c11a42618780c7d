namespace Ratchet.Sandbox.Protocol;

/// <summary>One thing that is wrong with a task. Line and column count from 1; 0 when unknown.</summary>
internal readonly record struct LoadProblem(string File, int Line, int Column, string Message);

/// <summary>Whether the task of the last Load can run; empty when it can.</summary>
internal static class LoadedFrame
{
    public static void Write(FrameWriter to, IReadOnlyList<LoadProblem> problems)
    {
        int count = Math.Min(problems.Count, FrameLimits.Problems);
        to.Begin(FrameType.Loaded);
        to.Int32(count);
        for (int i = 0; i < count; i++)
        {
            to.Text(problems[i].File);
            to.Int32(problems[i].Line);
            to.Int32(problems[i].Column);
            to.Text(problems[i].Message);
        }
        to.End();
    }

    public static LoadProblem[] Read(ref FrameReader from)
    {
        var problems = new LoadProblem[from.Count(FrameLimits.Problems)];
        for (int i = 0; i < problems.Length; i++) problems[i] = new LoadProblem(from.Text(), from.Int32(), from.Int32(), from.Text());
        from.End();
        return problems;
    }
}
