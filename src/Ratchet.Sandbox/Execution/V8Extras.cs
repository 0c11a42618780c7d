using System.Runtime.InteropServices;
using Microsoft.ClearScript.V8;

namespace Ratchet.Sandbox.Execution;

/// <summary>
/// Two things that V8 has for its embedders and ClearScript does not pass on: a value that every promise carries on to what awaits it, and word of rejected promises without a handler. ClearScript's library exports
/// V8's own functions; its version is pinned, and a version that lacks one of these is refused when a process starts. See docs/adr/0029-whose-code-is-running.md.
/// </summary>
internal static unsafe class V8Extras
{
    /// <summary>Of the global object, for the moment between <see cref="Share"/> and the prelude's next line.</summary>
    private static readonly byte[] SharedName = "ratchet:extras\0"u8.ToArray();

    /// <summary>Of the extras object, which no script but the prelude has: the function that is told of rejections.</summary>
    private static readonly byte[] RejectedName = "rejected\0"u8.ToArray();

    // v8::PromiseRejectEvent: kPromiseRejectWithNoHandler 0, kPromiseHandlerAddedAfterReject 1.
    private const int HandlerAdded = 1;

    private static readonly nint Library = NativeLibrary.Load("ClearScriptV8.linux-x64.so", typeof(V8Runtime).Assembly, null);
    private static readonly delegate* unmanaged<nint> CurrentIsolate = (delegate* unmanaged<nint>)Find("_ZN2v87Isolate10GetCurrentEv");
    private static readonly delegate* unmanaged<nint, nint> CurrentContext = (delegate* unmanaged<nint, nint>)Find("_ZN2v87Isolate17GetCurrentContextEv");
    private static readonly delegate* unmanaged<nint, nint> Global = (delegate* unmanaged<nint, nint>)Find("_ZN2v87Context6GlobalEv");
    private static readonly delegate* unmanaged<nint, nint> Extras = (delegate* unmanaged<nint, nint>)Find("_ZN2v87Context22GetExtrasBindingObjectEv");
    private static readonly delegate* unmanaged<nint, byte*, int, int, nint> NewString = (delegate* unmanaged<nint, byte*, int, int, nint>)Find("_ZN2v86String11NewFromUtf8EPNS_7IsolateEPKcNS_13NewStringTypeEi");
    private static readonly delegate* unmanaged<nint, int, nint> NewInteger = (delegate* unmanaged<nint, int, nint>)Find("_ZN2v87Integer3NewEPNS_7IsolateEi");
    private static readonly delegate* unmanaged<nint, nint, nint, nint, ushort> Set = (delegate* unmanaged<nint, nint, nint, nint, ushort>)Find("_ZN2v86Object3SetENS_5LocalINS_7ContextEEENS1_INS_5ValueEEES5_");
    private static readonly delegate* unmanaged<nint, nint, nint, nint> Get = (delegate* unmanaged<nint, nint, nint, nint>)Find("_ZN2v86Object3GetENS_5LocalINS_7ContextEEENS1_INS_5ValueEEE");
    private static readonly delegate* unmanaged<nint, byte> IsFunction = (delegate* unmanaged<nint, byte>)Find("_ZNK2v85Value10IsFunctionEv");
    private static readonly delegate* unmanaged<nint, nint, nint, nint, int, nint*, nint> Call =
        (delegate* unmanaged<nint, nint, nint, nint, int, nint*, nint>)Find("_ZN2v88Function4CallEPNS_7IsolateENS_5LocalINS_7ContextEEENS3_INS_5ValueEEEiPS7_");
    private static readonly delegate* unmanaged<nint, delegate* unmanaged<Rejection, void>, void> OnRejection =
        (delegate* unmanaged<nint, delegate* unmanaged<Rejection, void>, void>)Find("_ZN2v87Isolate24SetPromiseRejectCallbackEPFvNS_20PromiseRejectMessageEE");

    /// <exception cref="EntryPointNotFoundException">V8 is another one than this was made for; carries the symbol.</exception>
    public static void Require() => _ = Library;

    /// <summary>Puts the extras object of the context whose code called, as a property of its global object; from within V8 only.</summary>
    public static void Share()
    {
        nint isolate = CurrentIsolate(), context = CurrentContext(isolate);
        _ = Set(Global(context), context, Text(isolate, SharedName), Extras(context));
        OnRejection(isolate, &Rejected);
    }

    /// <summary>v8::PromiseRejectMessage: passed by value, on the stack.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Rejection
    {
        public readonly nint Promise;
        public readonly int Event;
        public readonly nint Value;
    }

    [UnmanagedCallersOnly]
    private static void Rejected(Rejection told)
    {
        // The others are about promises that were settled already.
        if (told.Event > HandlerAdded) return;
        nint isolate = CurrentIsolate(), context = CurrentContext(isolate);
        nint function = Get(Extras(context), context, Text(isolate, RejectedName));
        if (function == 0 || IsFunction(function) == 0) return;
        nint* given = stackalloc nint[] { NewInteger(isolate, told.Event), told.Promise, told.Value == 0 ? NewInteger(isolate, 0) : told.Value };
        _ = Call(function, isolate, context, Extras(context), 3, given);
    }

    private static nint Text(nint isolate, byte[] text)
    {
        fixed (byte* bytes = text) return NewString(isolate, bytes, 0, text.Length - 1);
    }

    private static nint Find(string symbol) => NativeLibrary.GetExport(Library, symbol);
}
