using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Ratchet.Gateway.Hosting;
using Ratchet.Lists;

namespace Ratchet.Gateway.Lists;

/// <summary>A page as an answer: a bare array, <c>x-total-count</c>, and a Link header (RFC 8288) with the cursors of the pages around it.</summary>
internal static class ListResponse
{
    private static readonly string[] OwnParameters = ["_start", "_end", "after", "before", "limit"];

    public static Task WriteAsync<TField, TItem>(HttpContext http, ListSchema<TField, TItem> schema, ListRequest<TField> request, ListPage<TItem> page, Action<Utf8JsonWriter, TItem> write)
        where TField : struct, Enum
    {
        if (page.Total is { } total)
        {
            http.Response.Headers["x-total-count"] = total.ToString(CultureInfo.InvariantCulture);
            if (page.More) http.Response.Headers["x-total-count-more"] = "true";
        }

        string link = Links(http, schema, request.Query, page);
        if (link.Length > 0) http.Response.Headers.Link = link;
        request.Deprecated?.Tell(http);
        return JsonResponse.WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (TItem item in page.Items) WriteItem(json, item, request.Members, write);
            json.WriteEndArray();
        });
    }

    private static string Links<TField, TItem>(HttpContext http, ListSchema<TField, TItem> schema, ListQuery<TField> query, ListPage<TItem> page) where TField : struct, Enum
    {
        if (page.Items.Count == 0) return "";
        var links = new List<string>(2);
        if (page.HasNext) links.Add(Link("next", "after", page.Items[^1]));
        if (page.HasPrevious) links.Add(Link("prev", "before", page.Items[0]));
        return string.Join(", ", links);

        string Link(string relation, string parameter, TItem item)
        {
            var address = new StringBuilder(http.Request.Path.ToUriComponent()).Append('?');
            foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in http.Request.Query)
            {
                // An id as before, which was there before cursors, is a condition and no place.
                if (OwnParameters.Contains(name) && !(name == "before" && Guid.TryParseExact(values.ToString(), "D", out _) && parameter != "before")) continue;
                foreach (string? value in values) address.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value ?? "")).Append('&');
            }

            address.Append(CultureInfo.InvariantCulture, $"limit={query.Limit}&{parameter}={schema.Write(schema.CursorOf(item, query.Sort), query.Sort)}");
            return $"<{address}>; rel=\"{relation}\"";
        }
    }

    private static void WriteItem<TItem>(Utf8JsonWriter json, TItem item, IReadOnlySet<string>? members, Action<Utf8JsonWriter, TItem> write)
    {
        if (members is null)
        {
            write(json, item);
            return;
        }

        using var whole = new MemoryStream();
        using (var writer = new Utf8JsonWriter(whole)) write(writer, item);
        using JsonDocument document = JsonDocument.Parse(whole.GetBuffer().AsMemory(0, (int)whole.Length), new JsonDocumentOptions { MaxDepth = Limits.JsonDepth + 8 });
        json.WriteStartObject();
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            if (members.Contains(member.Name)) member.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
