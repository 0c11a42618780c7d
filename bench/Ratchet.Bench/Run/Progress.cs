namespace Ratchet.Bench.Run;

/// <summary>What the run is doing, on stderr: stdout belongs to the report.</summary>
public static class Progress
{
    public static void Note(string text) => Console.Error.WriteLine(text);
}
