using System.Globalization;

namespace Ratchet.Bench;

/// <param name="Provider">sqlite or postgresql; the latter reads RATCHET_TEST_POSTGRES.</param>
/// <param name="Jobs">Jobs a round.</param>
/// <param name="Batch">Jobs a submit call.</param>
public sealed record BenchArguments(string Provider, int Jobs, int Batch, int Rounds)
{
    public static BenchArguments Parse(string[] args)
    {
        string Value(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
        int Number(string name, int otherwise) => int.Parse(Value(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        return new BenchArguments(Value("--provider", "sqlite"), Number("--jobs", 20_000), Math.Min(Number("--batch", 500), Limits.SubmitBatch), Number("--rounds", 3));
    }
}
