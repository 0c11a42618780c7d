using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ratchet.Cluster.Tests;

/// <summary>What lies between a server and what it needs, such as its database, and can be cut: connections end, and no new ones are made.</summary>
public sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> ends = [];
    private readonly IPEndPoint target;
    private readonly Task accepting;

    public Cable(IPEndPoint target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Cut()
    {
        listener.Stop();
        foreach (TcpClient end in ends) end.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await accepting;
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient near = await listener.AcceptTcpClientAsync();
                ends.Add(near);
                var far = new TcpClient();
                ends.Add(far);
                await far.ConnectAsync(target);
                _ = PumpAsync(near, far);
                _ = PumpAsync(far, near);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One end is gone; so goes the other.
        }

        from.Dispose();
        to.Dispose();
    }
}
