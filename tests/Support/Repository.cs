namespace Ratchet.Tests.Support;

internal static class Repository
{
    /// <summary>The checkout that this build came from.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The built command.</summary>
    public static string Program { get; } = Path.Combine(Root, "artifacts", "bin", "Ratchet.Cli", "release", "ratchet.dll");

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Ratchet.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Ratchet.sln above the tests."));
}
