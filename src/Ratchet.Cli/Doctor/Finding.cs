namespace Ratchet.Cli.Doctor;

/// <summary>How serious a finding is.</summary>
internal enum Severity
{
    Ok = 0,

    /// <summary>It works, and could be better.</summary>
    Warning,

    /// <summary>Ratchet cannot work like this.</summary>
    Failed,
}

/// <summary>What a check found.</summary>
/// <param name="Name">Of the check; the same on every machine.</param>
/// <param name="Detail">One sentence, with what to do when there is something.</param>
internal sealed record Finding(string Name, Severity Severity, string Detail)
{
    /// <summary>As it is printed.</summary>
    public string State => Severity switch
    {
        Severity.Ok => "ok",
        Severity.Warning => "warning",
        _ => "failed",
    };
}
