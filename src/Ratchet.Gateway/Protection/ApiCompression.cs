using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Ratchet.Gateway.Protection;

/// <summary>
/// What is compressed. Not what is small, which only costs time; not streams of events, which would be held back; and nothing for a request that carries cookies: what an attacker can make a
/// browser ask for with its owner's rights, and watch the length of, is all that BREACH needs. Problems repeat what was sent, and are not compressed either.
/// </summary>
internal sealed class ApiCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    public const int LeastBytes = 1 << 10;

    public static readonly string[] Types = ["application/json", "application/graphql-response+json", "application/x-ndjson", "application/yaml", "text/plain", "text/html", "text/css", "text/javascript"];

    public override bool ShouldCompressResponse(HttpContext context)
    {
        HttpResponse response = context.Response;
        return response.ContentLength is not < LeastBytes && response.Headers.ContentEncoding.Count == 0 && context.Request.Headers.Cookie.Count == 0 && base.ShouldCompressResponse(context);
    }
}
