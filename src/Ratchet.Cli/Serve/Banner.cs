using Ratchet.Cli.Output;
using Ratchet.Storage;

namespace Ratchet.Cli.Serve;

internal static class Banner
{
    public static void Write(IEnumerable<string> urls, IStore store)
    {
        foreach (string url in urls) Messages.Note($"Ratchet listens on {url} (jobs at {url}/api/v1/jobs, health at {url}/readyz).");
        Messages.Note($"Jobs are kept in {store.Provider}, {store.Location}.");
        Messages.Note("Ctrl-C or SIGTERM stops it: running jobs may end first.");
    }
}
