using System.Reflection;

namespace Ratchet.Grains.Tests;

/// <summary>Stands before an object: every call goes through what the test has said, which may pass it on.</summary>
public class Forward : DispatchProxy
{
    private object target = null!;
    private Func<ForwardedCall, object?> through = null!;

    public static T To<T>(T target, Func<ForwardedCall, object?> through) where T : class
    {
        T proxy = Create<T, Forward>();
        var forward = (Forward)(object)proxy;
        (forward.target, forward.through) = (target, through);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => through(new ForwardedCall(
        targetMethod!, args ?? [], () => targetMethod!.Invoke(target, BindingFlags.DoNotWrapExceptions, null, args, null)));
}

public sealed record ForwardedCall(MethodInfo Method, IReadOnlyList<object?> Args, Func<object?> Go);
