using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ratchet.Bench.Scenarios;

/// <summary>A client of the REST interface, with a number of connections of its own.</summary>
public sealed class HttpJobs(Uri address, int connections) : IDisposable
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"task":"addition","input":{"num1":5,"num2":10}}""");
    private static readonly Uri Jobs = new("/api/v1/jobs", UriKind.Relative);

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false }) { BaseAddress = address };

    /// <summary>Returns when the job is accepted.</summary>
    public async Task SubmitAsync(CancellationToken cancel)
    {
        using HttpResponseMessage answer = await PostAsync(null, cancel);
        await answer.Content.ReadAsByteArrayAsync(cancel);
    }

    /// <summary>Returns with the result in hand.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using HttpResponseMessage answer = await PostAsync("wait=20", cancel);
        using JsonDocument job = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
        string? state = job.RootElement.GetProperty("state").GetString();
        if (state != "COMPLETED") throw new RatchetException($"A job is {state} after 20 seconds.");
    }

    /// <param name="states">By comma.</param>
    public async Task<long> CountAsync(string states, CancellationToken cancel)
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri($"/api/v1/jobs?state={states}&_end=1", UriKind.Relative), cancel);
        answer.EnsureSuccessStatusCode();
        return long.Parse(answer.Headers.GetValues("x-total-count").Single(), CultureInfo.InvariantCulture);
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> PostAsync(string? prefer, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Jobs) { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = new("application/json");
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        HttpResponseMessage answer = await http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        return answer;
    }
}
