using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Ratchet.Gateway.Hosting;
using Ratchet.Gateway.Problems;
using Ratchet.Tasks;

namespace Ratchet.Gateway.Tasks;

/// <summary>Reads an upload: a form (multipart/form-data, RFC 7578) with one file, or the zip itself as the body. <c>name</c> and <c>promote</c> are in the query.</summary>
internal static class TaskUploadRequest
{
    /// <summary>Heads and boundaries of a form.</summary>
    private const int FormBytes = 64 << 10;

    private static readonly string[] ZipTypes = ["application/zip", "application/x-zip-compressed", "application/octet-stream"];
    public static readonly Dictionary<string, PromotionRule> Rules = new(StringComparer.Ordinal) { ["auto"] = PromotionRule.IfNewer, ["always"] = PromotionRule.Always, ["never"] = PromotionRule.Never };

    /// <exception cref="ProblemException">It cannot be read (400), is too large (413), of another type (415), or a parameter is wrong (422).</exception>
    public static async Task<TaskUpload> ReadAsync(HttpContext http)
    {
        IQueryCollection query = http.Request.Query;
        if (query.Keys.FirstOrDefault(k => k is not ("name" or "promote")) is { } other) throw Wrong(other, $"'{other}' is not a parameter of an upload; known are name and promote.");
        if (!Rules.TryGetValue(query["promote"].FirstOrDefault() ?? "auto", out PromotionRule rule)) throw Wrong("promote", "promote must be auto, always or never.");
        (byte[] zip, string? file) = await ReadZipAsync(http);
        string? name = query["name"].FirstOrDefault() ?? (file is null ? null : Path.GetFileNameWithoutExtension(file));
        return new TaskUpload(zip, name, rule, http.Caller().Principal);
    }

    private static async Task<(byte[] Zip, string? File)> ReadZipAsync(HttpContext http)
    {
        if (MediaTypeHeaderValue.TryParse(http.Request.ContentType, out MediaTypeHeaderValue? type))
        {
            if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return await ReadFormAsync(http, HeaderUtilities.RemoveQuotes(type.Boundary).Value);
            if (ZipTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)) return (await RequestBody.ReadAsync(http, Limits.TaskZipBytes), null);
        }

        throw new ProblemException(Problem.MediaType("Send the task as a zip: as application/zip, or as a file in multipart/form-data."));
    }

    private static async Task<(byte[] Zip, string? File)> ReadFormAsync(HttpContext http, string? boundary)
    {
        if (string.IsNullOrEmpty(boundary)) throw new ProblemException(Problem.Malformed("multipart/form-data needs a boundary."));
        RequestBody.Bound(http, Limits.TaskZipBytes + FormBytes);
        (byte[] Zip, string? File)? found = null;
        try
        {
            var reader = new MultipartReader(boundary, http.Request.Body);
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } head || !head.IsFileDisposition()) throw Malformed("a field that is no file; name and promote are said in the query");
                if (found is not null) throw Malformed("more than one file");
                using var zip = new MemoryStream();
                await section.Body.CopyToAsync(zip, http.RequestAborted);
                found = (zip.ToArray(), HeaderUtilities.RemoveQuotes(head.FileNameStar.HasValue ? head.FileNameStar : head.FileName).Value);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new ProblemException(Problem.Malformed("The form cannot be read: it ends early, or a part of it is not as its head says."));
        }

        return found ?? throw Malformed("no file");
    }

    private static ProblemException Malformed(string what) => new(Problem.Malformed($"The form has {what}; send one file, the task's zip."));

    private static ProblemException Wrong(string field, string detail) => new(Problem.InvalidField($"/{field}", detail));
}
