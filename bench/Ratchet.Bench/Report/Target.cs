namespace Ratchet.Bench.Report;

/// <summary>What a figure was meant to be, beside what it is.</summary>
public sealed record Target(string What, string Wanted, string Measured, bool Met)
{
    public static Target AtLeast(string what, double wanted, double measured, Func<double?, string> show) =>
        new(what, $"at least {show(wanted)}", show(measured), measured >= wanted);

    public static Target AtMost(string what, double wanted, double measured, Func<double?, string> show) =>
        new(what, $"at most {show(wanted)}", show(measured), measured <= wanted);
}
