using System.Globalization;
using System.Text;
using Ratchet.Sandbox.Protocol;

namespace Ratchet.Sandbox.Execution;

/// <summary>
/// A fetch's answer as one string, because a host function returns one: <c>!Name, message</c> for an error, or status, status text, URL, number of headers
/// and the headers, a line each, and the body after them.
/// </summary>
internal static class ReplyText
{
    public static string Of(FetchReplyFrame reply)
    {
        if (reply.ErrorName is not null) return $"!{reply.ErrorName}\n{reply.Message}";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{reply.Status}\n{OneLine(reply.StatusText)}\n{OneLine(reply.Url ?? "")}\n{reply.Headers.Length}\n");
        foreach ((string name, string value) in reply.Headers) text.Append(OneLine(name)).Append(':').Append(OneLine(value)).Append('\n');
        return text.Append(Encoding.UTF8.GetString(reply.Body.Span)).ToString();
    }

    private static string OneLine(string text) => text.Replace('\n', ' ');
}
