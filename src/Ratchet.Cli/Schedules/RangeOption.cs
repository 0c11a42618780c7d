using System.CommandLine;

namespace Ratchet.Cli.Schedules;

/// <summary>A whole number from 1 to a limit.</summary>
internal sealed class RangeOption : Option<int>
{
    public RangeOption(string name, string description, int otherwise, int most) : base(name)
    {
        Description = description;
        HelpName = "N";
        DefaultValueFactory = _ => otherwise;
        Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1 || result.GetValueOrDefault<int>() > most) result.AddError($"{name} must be from 1 to {most}.");
        });
    }
}
