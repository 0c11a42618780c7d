using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tasks;

/// <summary>A version's files as a zip. The same version is the same bytes, so its digest is its tag: another server's task source costs nothing while nothing changes.</summary>
internal static class TaskZipResponse
{
    // The first instant that a zip can hold.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task WriteAsync(HttpContext http, TaskVersionDetails version)
    {
        var tag = new EntityTagHeaderValue($"\"{version.View.Reference.Digest}\"");
        http.Response.Headers.ETag = tag.ToString();
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        byte[] zip = Pack(version.Package);
        http.Response.ContentType = "application/zip";
        http.Response.ContentLength = zip.Length;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{version.View.Reference.Name}.zip\"";
        await http.Response.Body.WriteAsync(zip, http.RequestAborted);
    }

    private static byte[] Pack(TaskPackage package)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "metadata.json", package.Metadata);
            Add(archive, "input.schema.json", package.InputSchema);
            Add(archive, "output.schema.json", package.OutputSchema);
            Add(archive, "main.js", package.MainJs);
        }

        return zip.ToArray();
    }

    private static void Add(ZipArchive archive, string file, string text)
    {
        ZipArchiveEntry entry = archive.CreateEntry(file);
        entry.LastWriteTime = Epoch;
        using Stream content = entry.Open();
        content.Write(Encoding.UTF8.GetBytes(text));
    }
}
