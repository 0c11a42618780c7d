using System.CommandLine;
using System.Globalization;

namespace Ratchet.Cli.Input;

/// <summary><c>--timeout SECONDS</c>; fractions are allowed.</summary>
internal sealed class TimeoutOption : Option<double?>
{
    private const double MinSeconds = 0.001;
    private const double MaxSeconds = 86_400;

    public TimeoutOption(string description) : base("--timeout")
    {
        Description = description;
        HelpName = "SECONDS";
        Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (null or >= MinSeconds and <= MaxSeconds))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--timeout must be from {MinSeconds} to {MaxSeconds} seconds."));
            }
        });
    }

    public TimeSpan? Of(ParseResult parsed) => parsed.GetValue(this) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
