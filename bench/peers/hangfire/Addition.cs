namespace Ratchet.Bench.Hangfire;

/// <summary>The job: the same addition that everybody runs.</summary>
public static class Addition
{
    private static int runs;

    public static int Runs => Volatile.Read(ref runs);

    public static int Add(int a, int b)
    {
        Interlocked.Increment(ref runs);
        return a + b;
    }
}
