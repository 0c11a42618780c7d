using System.Reflection;

namespace Ratchet.Tests.Support;

/// <summary>A grain that answers what the test has said, and notes each call. A call that the test has said nothing about fails.</summary>
public class GrainStandIn : DispatchProxy
{
    private static readonly MethodInfo Completed = typeof(GrainStandIn).GetMethod(nameof(CompletedWith), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo Failed = typeof(GrainStandIn).GetMethod(nameof(FailedWith), BindingFlags.NonPublic | BindingFlags.Static)!;

    private GrainCalls calls = null!;
    private object? key;

    public static object Create(Type grain, object? key, GrainCalls calls)
    {
        var proxy = (GrainStandIn)Create(grain, typeof(GrainStandIn));
        (proxy.calls, proxy.key) = (calls, key);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Type result = targetMethod!.ReturnType.IsGenericType ? targetMethod.ReturnType.GenericTypeArguments[0] : typeof(object);
        try
        {
            object? answer = calls.Answer($"{targetMethod.DeclaringType!.Name}.{targetMethod.Name}", key, args ?? []);
            if (answer is Task && targetMethod.ReturnType.IsInstanceOfType(answer)) return answer;
            return Completed.MakeGenericMethod(result).Invoke(null, [answer]);
        }
        catch (RatchetException e)
        {
            return Failed.MakeGenericMethod(result).Invoke(null, [e]);
        }
    }

    private static Task<T> CompletedWith<T>(object? answer) => Task.FromResult((T)answer!);

    private static Task<T> FailedWith<T>(Exception error) => Task.FromException<T>(error);
}

/// <summary>Hands out a <see cref="GrainStandIn"/> for every grain that is asked for.</summary>
public class GrainFactoryStandIn : DispatchProxy
{
    private GrainCalls calls = null!;

    public static IGrainFactory Create(GrainCalls calls)
    {
        IGrainFactory factory = Create<IGrainFactory, GrainFactoryStandIn>();
        ((GrainFactoryStandIn)(object)factory).calls = calls;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => GrainStandIn.Create(targetMethod!.GetGenericArguments()[0], args![0], calls);
}
