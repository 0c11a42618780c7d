namespace Ratchet.Bench.Run;

/// <summary>Paths of the checkout that the bench runs from.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();
    public static string Tasks => Path.Combine(Root, "samples", "tasks");
    public static string Peers => Path.Combine(Root, "bench", "peers");
    public static string Results => Path.Combine(Root, "bench", "results");

    /// <summary>A Release build of a project of the checkout.</summary>
    public static string Built(string project, string program) => Path.Combine(Root, "artifacts", "bin", project, "release", program);

    private static string FindRoot()
    {
        for (string? at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "Ratchet.sln"))) return at;
        }

        throw new RatchetException("The bench runs from a checkout: no Ratchet.sln above it.");
    }
}
