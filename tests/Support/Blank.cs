using System.Reflection;

namespace Ratchet.Tests.Support;

/// <summary>Something that has to be there and does nothing: every call answers 0, null or nothing.</summary>
public class Blank : DispatchProxy
{
    public static T Of<T>() where T : class => Create<T, Blank>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.ReturnType is { IsValueType: true } type && type != typeof(void) ? Activator.CreateInstance(type) : null;
}
