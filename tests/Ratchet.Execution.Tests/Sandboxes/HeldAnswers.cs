using System.Collections.Concurrent;
using System.Text;
using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>Answers "ok" to all, but to the paths that it holds only when the test says so.</summary>
internal sealed class HeldAnswers : IFetchBroker
{
    private readonly Dictionary<string, TaskCompletionSource> held;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> asked = [];

    public HeldAnswers(params string[] held) => this.held = held.ToDictionary(path => path, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Open(string path) => held[path].SetResult();

    /// <summary>Until a path has been asked for so many more times.</summary>
    public async Task AskedAsync(string path, int times = 1)
    {
        for (int i = 0; i < times; i++) Assert.True(await For(path).WaitAsync(PoolFixture.Patience, TestContext.Current.CancellationToken), $"{path} was not asked for: {i} of {times}.");
    }

    public async Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        string path = new Uri(request.Url).AbsolutePath;
        For(path).Release();
        if (held.TryGetValue(path, out TaskCompletionSource? opened)) await opened.Task.WaitAsync(cancel);
        return new FetchResponse(200, "OK", [], Encoding.UTF8.GetBytes("ok")) { Url = request.Url };
    }

    private SemaphoreSlim For(string path) => asked.GetOrAdd(path, _ => new SemaphoreSlim(0));
}
