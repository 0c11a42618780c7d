using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Ratchet.Gateway.Problems;

namespace Ratchet.Gateway.Hosting;

internal static class RequestBody
{
    /// <summary>The whole body of a JSON request.</summary>
    /// <exception cref="ProblemException">Another media type (415), or more than <paramref name="most"/> bytes (413).</exception>
    public static async Task<byte[]> ReadJsonAsync(HttpContext http, int most)
    {
        if (!http.Request.HasJsonContentType() || !IsUtf8(http.Request.ContentType!)) throw new ProblemException(Problem.MediaType("Send the body as application/json, in UTF-8."));
        if (http.Request.ContentLength > most) throw new ProblemException(Problem.TooLarge($"The request's body is larger than {most} bytes."));
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = most;
        using var buffer = new MemoryStream((int)(http.Request.ContentLength ?? 1024));
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return buffer.ToArray();
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
