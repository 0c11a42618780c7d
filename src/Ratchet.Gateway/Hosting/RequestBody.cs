using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Hosting;

internal static class RequestBody
{
    private const string MergePatchType = "application/merge-patch+json";

    /// <summary>The whole body of a JSON request.</summary>
    /// <exception cref="ProblemException">Another media type (415), or more than <paramref name="most"/> bytes (413).</exception>
    public static async Task<byte[]> ReadJsonAsync(HttpContext http, int most)
    {
        if (!http.Request.HasJsonContentType() || !IsUtf8(http.Request.ContentType!)) throw new ProblemException(Problem.MediaType("Send the body as application/json, in UTF-8."));
        return await ReadAsync(http, most);
    }

    /// <summary>The whole body of a PATCH: a merge patch (RFC 7396), or plain JSON, which is taken for one.</summary>
    /// <exception cref="ProblemException">As <see cref="ReadJsonAsync"/>.</exception>
    public static async Task<byte[]> ReadMergePatchAsync(HttpContext http, int most)
    {
        bool known = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out MediaTypeHeaderValue? type)
            && (type.MediaType.Equals(MergePatchType, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
        if (known && IsUtf8(http.Request.ContentType!)) return await ReadAsync(http, most);
        throw new ProblemException(Problem.MediaType($"Send the body as {MergePatchType}, in UTF-8.") with { AcceptPatch = MergePatchType });
    }

    private static async Task<byte[]> ReadAsync(HttpContext http, int most)
    {
        RefuseEncoded(http);
        if (http.Request.ContentLength > most) throw new ProblemException(Problem.TooLarge($"The request's body is larger than {most} bytes."));
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = most;
        using var buffer = new MemoryStream((int)(http.Request.ContentLength ?? 1024));
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return buffer.ToArray();
    }

    /// <summary>Taken for JSON, compressed bytes would be told to be malformed.</summary>
    /// <exception cref="ProblemException">The body has a coding (415).</exception>
    public static void RefuseEncoded(HttpContext http)
    {
        if (http.Request.Headers.ContentEncoding is { Count: > 0 } coding && !coding.ToString().Trim().Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(Problem.MediaType($"The body is encoded as {coding}; send it as it is.") with { AcceptEncoding = "identity" });
    }

    /// <summary>As <see cref="ReadJsonAsync"/>, but a request without a body counts as one with an empty object.</summary>
    public static async Task<byte[]> ReadOptionalJsonAsync(HttpContext http, int most)
    {
        bool none = http.Request.ContentLength is 0 || http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
        byte[] body = none ? [] : await ReadJsonAsync(http, most);
        return body.Length > 0 ? body : [(byte)'{', (byte)'}'];
    }

    private static bool IsUtf8(string contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type) || !type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
