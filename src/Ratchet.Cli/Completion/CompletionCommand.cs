using System.CommandLine;
using Ratchet.Cli.Output;

namespace Ratchet.Cli.Completion;

/// <summary><c>ratchet completion</c>: prints what makes a shell complete this command's words. The shell asks back by <see cref="SuggestAction"/>.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    public static Command Create()
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh, fish or pwsh.", HelpName = string.Join('|', Shells) };
        shell.Validators.Add(result =>
        {
            if (!Shells.Contains(result.GetValueOrDefault<string>())) result.AddError("SHELL must be bash, zsh, fish or pwsh.");
        });
        return new Command("completion", "Prints a script that makes a shell complete commands, options and their values.") { shell }.Runs(async (parsed, cancel) =>
        {
            string name = $"Ratchet.Cli.Completion.Scripts.{parsed.GetRequiredValue(shell)}.txt";
            using StreamReader script = new(typeof(CompletionCommand).Assembly.GetManifestResourceStream(name)!);
            Console.Out.Write(await script.ReadToEndAsync(cancel));
            return ExitCodes.Ok;
        });
    }
}
