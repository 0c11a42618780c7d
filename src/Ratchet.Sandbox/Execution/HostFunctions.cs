using Microsoft.ClearScript.V8.FastProxy;

namespace Ratchet.Sandbox.Execution;

/// <summary>
/// The host's functions as V8 sees them. They take and return primitives only, hold no members, and reach no script: the prelude keeps them in a closure.
/// </summary>
internal static class HostFunctions
{
    /// <summary>In the order of the prelude's parameters.</summary>
    public static object[] For(IHostCalls host) =>
    [
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
        {
            host.Log((byte)args.GetInt32(0), args.GetString(1));
            result.SetUndefined();
        }),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
            result.Set(host.SetTimer((int)args.GetDouble(0)))),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
        {
            if (args.TryGet(0, out int id)) host.ClearTimer(id);
            result.SetUndefined();
        }),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
            result.Set(host.FetchNow(args.GetString(0), args.GetString(1), args.GetString(2), Optional(args, 3), args.GetBoolean(4)))),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
        {
            string? refused = host.Fetch(args.GetString(0), args.GetString(1), args.GetString(2), Optional(args, 3), args.GetBoolean(4), out int call);
            if (refused is null) result.Set(call);
            else result.Set(refused);
        }),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
        {
            host.Abort(args.GetInt32(0));
            result.SetUndefined();
        }),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
        {
            host.Done((long)args.GetDouble(0), args.GetString(1));
            result.SetUndefined();
        }),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
        {
            host.Fail((long)args.GetDouble(0), (FailedBy)args.GetInt32(1), args.GetString(2), args.GetString(3), Optional(args, 4), Optional(args, 5));
            result.SetUndefined();
        }),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) => result.Set(host.Random(args.GetInt32(0)))),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) => result.Set(ByteText.Digest(args.GetString(0), args.GetString(1)))),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) => result.Set(ByteText.Encode(args.GetString(0)))),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) => result.Set(ByteText.Decode(args.GetString(0)))),
        new V8FastHostFunction((bool _, in V8FastArgs _, in V8FastResult result) => result.Set(host.Time())),
        new V8FastHostFunction((bool _, in V8FastArgs _, in V8FastResult result) => result.Set(host.Clock())),
        new V8FastHostFunction((bool _, in V8FastArgs _, in V8FastResult result) => result.Set(host.MathSeed())),
        new V8FastHostFunction((bool _, in V8FastArgs _, in V8FastResult result) =>
        {
            V8Extras.Share();
            result.SetUndefined();
        }),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
        {
            host.Enter((long)args.GetDouble(0));
            result.SetUndefined();
        }),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) => result.Set(host.Rejected((long)args.GetDouble(0)))),
        new V8FastHostFunction((bool _, in V8FastArgs args, in V8FastResult result) =>
        {
            host.Handled((long)args.GetDouble(0));
            result.SetUndefined();
        }),
    ];

    private static string? Optional(in V8FastArgs args, int index) => index < args.Count && args.TryGet(index, out string text) ? text : null;
}
