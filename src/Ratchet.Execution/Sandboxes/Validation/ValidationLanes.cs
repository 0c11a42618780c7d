using System.Collections.Concurrent;
using Ratchet.Tasks;

namespace Ratchet.Execution.Sandboxes.Validation;

/// <summary>
/// Two validators: one for everybody, one for tasks whose schema has held up or ended a validator before. A slow pattern costs its neighbours one wait, once;
/// from then on only tasks of its kind wait for it.
/// </summary>
internal sealed class ValidationLanes : IDisposable
{
    /// <summary>Accused tasks that are remembered; beyond it all are forgiven, and accuse themselves again.</summary>
    private const int MostAccused = 1_000;

    private readonly ConcurrentDictionary<string, bool> accused = new(StringComparer.Ordinal);
    private readonly InputShapes shapes = new();
    private readonly InputValidator plain;
    private readonly InputValidator suspect;

    public ValidationLanes(SandboxOptions options, SandboxProgram program, TimeProvider time, SandboxMetrics metrics, ILogger logger)
    {
        plain = new InputValidator(options, program, time, metrics, logger) { Accused = Accuse };
        suspect = new InputValidator(options, program, time, metrics, logger);
    }

    public void WarmUp() => plain.WarmUp();

    public Task<IReadOnlyList<IReadOnlyList<SchemaError>?>> ValidateAsync(TaskPackage package, IReadOnlyList<ReadOnlyMemory<byte>> inputs, CancellationToken cancel) =>
        shapes.AcceptAll(package, inputs) ? Task.FromResult<IReadOnlyList<IReadOnlyList<SchemaError>?>>(new IReadOnlyList<SchemaError>?[inputs.Count]) :
        (accused.ContainsKey(package.Digest) ? suspect : plain).ValidateAsync(package, inputs, cancel);

    public void Dispose()
    {
        plain.Dispose();
        suspect.Dispose();
    }

    private void Accuse(string digest)
    {
        if (accused.Count >= MostAccused) accused.Clear();
        accused[digest] = true;
    }
}
