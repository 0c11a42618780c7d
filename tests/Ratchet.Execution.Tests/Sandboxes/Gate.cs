using Ratchet.Execution.Fetch;

namespace Ratchet.Execution.Tests.Sandboxes;

/// <summary>Answers when the test says so; a script that asks it stands still at a known place.</summary>
internal sealed class Gate : IFetchBroker
{
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim asked = new(0);

    public async Task AskedAsync() => Assert.True(await asked.WaitAsync(PoolFixture.Patience, TestContext.Current.CancellationToken), "Nothing was asked for.");

    public void Open() => opened.SetResult();

    public async Task<FetchResponse> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        asked.Release();
        await opened.Task.WaitAsync(cancel);
        throw new FetchException("NetworkError", "that is all");
    }
}
