using System.CommandLine;
using Ratchet.Cli.Server;

namespace Ratchet.Cli.Jobs;

/// <summary><c>ID</c> of the commands that are about one job.</summary>
internal sealed class JobArgument : Argument<string>
{
    public JobArgument() : base("ID") => Description = "The job's id.";

    /// <param name="verb">What follows the id in the path, if anything does.</param>
    public string Path(ParseResult parsed, params string[] verb) => ApiPath.Of(["jobs", parsed.GetRequiredValue(this), .. verb]);
}
