namespace Ratchet.Gateway.Hosting;

/// <summary>Section <c>Server</c>: the HTTP side.</summary>
public sealed class ServerOptions
{
    public const string Section = "Server";

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Whether tasks may be sent (POST /tasks); default true.</summary>
    public bool Uploads { get; set; } = true;
}
