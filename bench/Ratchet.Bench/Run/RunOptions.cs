using System.Globalization;

namespace Ratchet.Bench.Run;

/// <summary>What bench/run.sh was asked for.</summary>
/// <param name="Large">Also the scenarios that take a million jobs.</param>
/// <param name="Only">Names of scenarios; empty: all.</param>
/// <param name="Peers">Names of peers; null: all, empty: none.</param>
/// <param name="Scale">Factor on every number of jobs, for trying the bench itself.</param>
/// <param name="Folder">Where the report goes.</param>
public sealed record RunOptions(bool Large, IReadOnlyList<string> Only, IReadOnlyList<string>? Peers, double Scale, string Folder)
{
    public const string Usage = """
        bench/run.sh [--quick | --large] [--only SCENARIO,...] [--peers none|NAME,...] [--scale FACTOR] [--out DIR]
          --quick   pipeline, submit, latency: under ten minutes on two cores (the default)
          --large   these, and backlog, scheduled, growth, limits, which put a million jobs into the store, front and subscribers
          --only    some of the nine, large ones included
          --peers   some of graphile-worker, pg-boss, bullmq, hangfire; or none
          --scale   multiplies every number of jobs: 0.01 tries the bench itself, and says so in the report
          --out     folder of the report; bench/results otherwise
        """;

    /// <exception cref="RatchetException">An option is not known, or its value makes no sense.</exception>
    public static RunOptions Parse(string[] args)
    {
        var options = new RunOptions(false, [], null, 1, Checkout.Results);
        for (int i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Large = false },
                "--large" => options with { Large = true },
                "--only" => options with { Only = Names(Value(args, ref i)) },
                "--peers" => options with { Peers = Names(Value(args, ref i)) is var names && names.SequenceEqual(["none"]) ? [] : names },
                "--scale" => options with { Scale = Factor(Value(args, ref i)) },
                "--out" => options with { Folder = Value(args, ref i) },
                _ => throw new RatchetException($"'{args[i]}' is not an option.{Environment.NewLine}{Usage}"),
            };
        }

        return options;
    }

    /// <summary>A number of jobs, scaled.</summary>
    public int Jobs(int full) => Math.Max(1, (int)(full * Scale));

    private static string Value(string[] args, ref int at) =>
        ++at < args.Length ? args[at] : throw new RatchetException($"{args[at - 1]} needs a value.{Environment.NewLine}{Usage}");

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Factor(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double factor) && factor is > 0 and <= 10
            ? factor
            : throw new RatchetException("--scale takes a number above 0 and up to 10.");
}
