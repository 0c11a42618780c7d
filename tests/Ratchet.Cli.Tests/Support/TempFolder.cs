namespace Ratchet.Cli.Tests.Support;

/// <summary>A folder of the test's own, gone with it.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ratchet-test-").FullName;

    public string Join(params string[] parts) => System.IO.Path.Join([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
