using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Packages.Sources;

/// <summary>
/// A zip of a task behind an address. Asked for with what the last answer was tagged with (ETag and Last-Modified; RFC 9110, section 13.1), so that one that has not changed costs a
/// few bytes. It goes where the broker lets it.
/// </summary>
public sealed partial class HttpTaskSource : ITaskSource
{
    private readonly Uri url;
    private readonly IFetchBroker broker;
    private readonly string taskName;
    private string? tag;
    private string? modified;
    private byte[]? hash;

    /// <param name="url">http or https; what its last part is without <c>.zip</c> is the task's name when metadata gives none.</param>
    public HttpTaskSource(Uri url, IFetchBroker broker)
    {
        (this.url, this.broker) = (url, broker);
        // A query often is a signature.
        Name = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        taskName = Path.GetFileNameWithoutExtension(url.AbsolutePath);
    }

    public string Name { get; }

    /// <summary>Whether a source is an address instead of a path.</summary>
    public static bool Is(string source) =>
        source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="RatchetException">It is no address, or it has credentials in it, which would show wherever it is named.</exception>
    public static Uri Parse(string source)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out Uri? url)) throw new RatchetException($"'{source}' is not an address that tasks can be had from.");
        return url.UserInfo.Length == 0 ? url : throw new RatchetException($"The address of the task source at {url.Host} has a user name or a password in it; these are not taken.");
    }

    public async Task<IReadOnlyList<TaskReading>?> ReadAsync(CancellationToken cancel)
    {
        FetchResponse answer = await FetchAsync(cancel);
        if (answer.Status == 304 && hash is not null) return null;
        if (answer.Status != 200) throw new TaskSourceException($"{Name} answered {answer.Status} {answer.StatusText}.");
        byte[] zip = answer.Body.ToArray();
        byte[] read = SHA256.HashData(zip);
        (tag, modified) = (Header(answer, "etag"), Header(answer, "last-modified"));
        if (hash is not null && read.AsSpan().SequenceEqual(hash)) return null;
        hash = read;
        return [TaskPackageReader.ReadZip(zip, taskName, Name)];
    }

    private async Task<FetchResponse> FetchAsync(CancellationToken cancel)
    {
        List<KeyValuePair<string, string>> headers = [new("accept", "application/zip, application/octet-stream;q=0.9, */*;q=0.1")];
        if (tag is not null) headers.Add(new("if-none-match", tag));
        else if (modified is not null) headers.Add(new("if-modified-since", modified));
        try
        {
            return await broker.FetchAsync(new FetchRequest(url.AbsoluteUri, "GET", headers, null), cancel);
        }
        catch (FetchException e)
        {
            throw new TaskSourceException($"{Name} cannot be read: {Queries().Replace(e.Message, "?...")}");
        }
    }

    private static string? Header(FetchResponse answer, string name)
    {
        string? value = answer.Headers.FirstOrDefault(h => h.Key == name).Value;
        return string.IsNullOrEmpty(value) ? null : value;
    }

    [GeneratedRegex(@"\?[^\s']+")]
    private static partial Regex Queries();
}
