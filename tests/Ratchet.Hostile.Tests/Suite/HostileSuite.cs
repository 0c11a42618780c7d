using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ratchet.Execution.Fetch;
using Ratchet.Execution.Sandboxes;
using Ratchet.Hostile.Tests.Servers;
using Ratchet.Tasks;

namespace Ratchet.Hostile.Tests.Suite;

/// <summary>
/// Runs hostile scripts in one pool with the walls that this machine has, one after the other, each beside innocent executions of another task and of its own task.
/// </summary>
internal sealed class HostileSuite : IAsyncDisposable
{
    private const int Before = 1;
    private const int After = 1;
    private const int Together = 3;
    private const int MostTries = 5;
    private const int MostAttacks = 4;
    private const int MostToFill = 4_096;
    private const string Tenant = "hostile";
    private const string OtherTenant = "innocent";

    /// <summary>Longer than anything should take on a loaded machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Between two innocent executions of the bystander.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly IReadOnlyList<HostileScript> scripts;
    private readonly Canary canary = new();
    private readonly HostileServer server;
    private readonly HttpFetchBroker strict = new(new FetchOptions { Timeout = TimeSpan.FromSeconds(2) }, TimeProvider.System);
    // The hostile server is on 127.0.0.1; whatever else is on this machine stays out of reach.
    private readonly HttpFetchBroker lenient = new(new FetchOptions { Timeout = TimeSpan.FromSeconds(2), PrivateNetworks = ["127.0.0.1"] }, TimeProvider.System);
    private readonly SandboxPool pool;
    private readonly TaskPackage bystander;
    private int numbers;

    /// <param name="scripts">What to run.</param>
    /// <param name="folder">Where innocent.js is.</param>
    public HostileSuite(IReadOnlyList<HostileScript> scripts, string folder)
    {
        this.scripts = scripts;
        server = new HostileServer(canary.Port);
        pool = new SandboxPool(Options, strict, TimeProvider.System, NullLogger<SandboxPool>.Instance);
        string innocent = File.ReadAllText(Path.Combine(folder, "innocent.js"));
        bystander = Innocent.Task(innocent, "bystander");
    }

    /// <summary>One process for the bystander, and for the script's task as many as it has runs at a time: while it wants for none it takes none from others.</summary>
    public static SandboxOptions Options => new() { Processes = 4, MaxProcesses = 4, Spares = 1, LoadTimeout = TimeSpan.FromSeconds(3) };

    /// <summary>What stands around the processes, as people call it.</summary>
    public string Walls => pool.Walls.Name;

    /// <summary>Most processes that the pool had at a time.</summary>
    public int MostProcesses { get; private set; }

    public Canary Canary => canary;

    /// <param name="ended">Told of each result as it comes.</param>
    public async Task<IReadOnlyList<HostileResult>> RunAsync(Action<HostileResult> ended)
    {
        await pool.StartAsync(CancellationToken.None).WaitAsync(Patience);
        await FillAsync();
        var results = new List<HostileResult>();
        foreach (HostileScript script in scripts)
        {
            HostileResult result = await RunAsync(script);
            results.Add(result);
            ended(result);
        }
        // A process never serves two tenants: this costs one its process, so not beside each script.
        var neighbours = new Neighbours();
        await InnocentAsync(bystander, OtherTenant, "of another tenant", neighbours);
        return [.. results.SkipLast(1), results[^1] with { Problems = [.. results[^1].Problems, .. neighbours.Problems] }];
    }

    public async ValueTask DisposeAsync()
    {
        await pool.DisposeAsync().AsTask().WaitAsync(Patience);
        await server.DisposeAsync();
        await canary.DisposeAsync();
        strict.Dispose();
        lenient.Dispose();
    }

    /// <summary>Until all processes are there: while they are scarce, tasks take them from one another.</summary>
    private async Task FillAsync()
    {
        var none = new Neighbours();
        // More each time: a few are done before another process is wanted.
        for (int many = Options.Processes * 2; pool.ServingProcesses.Count < Options.Processes; many = Math.Min(many * 2, MostToFill))
            await Task.WhenAll(Enumerable.Range(0, many).Select(_ => InnocentAsync(bystander, Tenant, "", none)));
    }

    private async Task<HostileResult> RunAsync(HostileScript script)
    {
        long began = TimeProvider.System.GetTimestamp();
        var neighbours = new Neighbours();
        List<Task> same = [.. Enumerable.Range(0, Before).Select(_ => SameAsync(script, neighbours))];
        Task<RunOutcome> attack = RunAsync(Attack(script));
        same.AddRange(Enumerable.Range(0, After).Select(_ => SameAsync(script, neighbours)));
        Task<string?> validated = script.ValidatesInput ? ValidateAsync(script) : Task.FromResult<string?>(null);
        do
        {
            await InnocentAsync(bystander, Tenant, "of another task", neighbours);
            MostProcesses = Math.Max(MostProcesses, pool.ProcessIds.Count);
            // As fast as it can it would take a core from the attacks.
            await Task.WhenAny(attack, Task.Delay(Pace, TimeProvider.System));
        }
        while (!attack.IsCompleted);
        RunOutcome outcome = await attack;
        TimeSpan time = TimeProvider.System.GetElapsedTime(began);
        await Task.WhenAll(same);
        if (script is { Same: null, IsWarm: true, Expected.SparesContext: true }) await FollowAsync(script, neighbours);
        if (!script.Expected.Holds(outcome)) neighbours.Problem($"expected {script.Expected.Text}, got {Expectation.Of(outcome)}: {outcome.Failure?.Message} {outcome.Failure?.Stack}");
        else if (script.Says is { } says && outcome.Failure?.Message.Contains(says, StringComparison.Ordinal) != true) neighbours.Problem($"it does not say '{says}': {outcome.Failure?.Message}");
        if (await validated is { } problem) neighbours.Problem(problem);
        if (canary.Connections > 0) neighbours.Problem("something connected to an address that no script may call");
        return new HostileResult(script, Expectation.Of(outcome), time, neighbours.Right, neighbours.Problems);
    }

    private RunRequest Attack(HostileScript script)
    {
        string input = script.Input.Replace("SERVER", $"http://127.0.0.1:{server.Port}", StringComparison.Ordinal).Replace("CANARY", $"{canary.Port}", StringComparison.Ordinal);
        return Request(script.Package, Tenant, input, script) with { Timeout = script.Timeout, ValidateInput = script.ValidatesInput };
    }

    private RunRequest Request(TaskPackage package, string tenant, string input, HostileScript? script = null) => new()
    {
        Package = package,
        Tenant = tenant,
        Execution = Guid.CreateVersion7(),
        Input = Encoding.UTF8.GetBytes(input),
        Timeout = TimeSpan.FromSeconds(50),
        Fetch = script?.MayCallServer == true ? lenient : null,
    };

    private Task<RunOutcome> RunAsync(RunRequest request) => pool.RunAsync(request, CancellationToken.None).WaitAsync(Patience);

    /// <summary>An innocent execution of the script's own task.</summary>
    /// <returns>How many attacks its context had had.</returns>
    private async Task<int> SameAsync(HostileScript script, Neighbours neighbours)
    {
        if (script.Same is not { } expected) return await InnocentAsync(script.Package, Tenant, "of the same task", neighbours);
        RunOutcome outcome = await RunAsync(Request(script.Package, Tenant, Innocent.Input(Interlocked.Increment(ref numbers))));
        if (!expected.Holds(outcome)) neighbours.Problem($"an execution of the same task: expected {expected.Text}, got {Expectation.Of(outcome)}");
        return 0;
    }

    private async Task<int> InnocentAsync(TaskPackage package, string tenant, string whose, Neighbours neighbours)
    {
        int n = Interlocked.Increment(ref numbers);
        RunOutcome outcome = await RunAsync(Request(package, tenant, Innocent.Input(n)));
        if (Innocent.Wrong(outcome, n, out int attacked) is { } wrong) neighbours.Problem($"an innocent execution {whose}: {wrong}");
        else neighbours.Count();
        return attacked;
    }

    /// <summary>Sees to it that an innocent execution has had the very context that was attacked. Another task may have been given its process: then it is attacked once more.</summary>
    private async Task FollowAsync(HostileScript script, Neighbours neighbours)
    {
        if (script.GivesUpContext)
        {
            if (await NextInContextAsync(script, neighbours)) neighbours.Problem("an innocent execution came into a context that was to be given up");
            return;
        }
        for (int attack = 1; !await NextInContextAsync(script, neighbours); attack++)
        {
            if (attack == MostAttacks)
            {
                neighbours.Problem("no innocent execution came into the context that was attacked");
                return;
            }
            await RunAsync(Attack(script));
        }
    }

    private async Task<bool> NextInContextAsync(HostileScript script, Neighbours neighbours)
    {
        for (int i = 0; i < MostTries; i++)
        {
            // Together, so that each process of the task gets one.
            int[] attacked = await Task.WhenAll(Enumerable.Range(0, Together).Select(_ => SameAsync(script, neighbours)));
            if (attacked.Max() > 0) return true;
        }
        return false;
    }

    /// <summary>The input also goes to the process that validates inputs; another input beside it is judged rightly.</summary>
    private async Task<string?> ValidateAsync(HostileScript script)
    {
        Task<IReadOnlyList<IReadOnlyList<SchemaError>?>> hostile = pool.ValidateInputsAsync(script.Package, [Encoding.UTF8.GetBytes(script.Input)], CancellationToken.None);
        IReadOnlyList<IReadOnlyList<SchemaError>?> innocent = await pool.ValidateInputsAsync(bystander, ["{}"u8.ToArray()], CancellationToken.None).WaitAsync(Patience);
        IReadOnlyList<SchemaError>? errors = (await hostile.WaitAsync(Patience))[0];
        if (innocent[0] is not null) return $"an innocent input is refused: {innocent[0]![0].Message}";
        return errors is null ? "the validator accepts the input" : null;
    }

    /// <summary>Counts the executions beside a script, from several threads.</summary>
    private sealed class Neighbours
    {
        private readonly ConcurrentQueue<string> problems = [];
        private int right;

        public int Right => Volatile.Read(ref right);

        public IReadOnlyList<string> Problems => [.. problems.Distinct()];

        public void Count() => Interlocked.Increment(ref right);

        public void Problem(string text) => problems.Enqueue(text);
    }
}
