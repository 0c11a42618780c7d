using System.Text.Json;
using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;
using Ratchet.Bench.Hangfire;

// Hangfire on PostgreSQL: enqueue, then drain. It has no bulk insert, so jobs are enqueued one a call by several threads.
Plan plan = Plan.Read(args[0]);
string connection = Environment.GetEnvironmentVariable("RATCHET_BENCH_CONNECTION") ?? throw new InvalidOperationException("RATCHET_BENCH_CONNECTION is not set.");
// Whoever started this holds our stdin: when it is gone, so is the reason to go on.
_ = Task.Run(() =>
{
    while (Console.In.Read() >= 0)
    {
    }

    Environment.Exit(1);
});

var options = new PostgreSqlStorageOptions();
if (plan.Settings.PollMilliseconds is { } poll)
{
    options.QueuePollInterval = TimeSpan.FromMilliseconds(poll);
    options.EnableLongPolling = true;
    options.UseSlidingInvisibilityTimeout = true;
}

GlobalConfiguration.Configuration.UsePostgreSqlStorage(storage => storage.UseNpgsqlConnection(connection), options);
await using NpgsqlDataSource database = NpgsqlDataSource.Create(connection);
string version = typeof(PostgreSqlStorage).Assembly.GetName().Version!.ToString(3);
for (int round = 1; round <= plan.Rounds; round++)
{
    int goal = Addition.Runs + plan.Jobs;
    long start = TimeProvider.System.GetTimestamp();
    Parallel.For(0, plan.Jobs, new ParallelOptions { MaxDegreeOfParallelism = plan.Submitters }, i => BackgroundJob.Enqueue(() => Addition.Add(i, 1)));
    double submitted = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    var server = new BackgroundJobServerOptions { ShutdownTimeout = TimeSpan.FromSeconds(5) };
    if (plan.Settings.WorkerCount is { } workers) server.WorkerCount = workers;
    using (new BackgroundJobServer(server))
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        while (Addition.Runs < goal || await OpenJobsAsync() > 0) await timer.WaitForNextTickAsync();
        var figure = new
        {
            System = "Hangfire.PostgreSql",
            Version = version,
            plan.Scenario,
            plan.Setting,
            Round = round,
            plan.Jobs,
            SubmitSeconds = submitted,
            TotalSeconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds,
        };
        Console.WriteLine(JsonSerializer.Serialize(figure, Plan.Json));
    }
}

return 0;

// A job's function ends before its state is stored.
async Task<long> OpenJobsAsync()
{
    await using NpgsqlCommand command = database.CreateCommand("SELECT count(*) FROM hangfire.job WHERE statename <> 'Succeeded'");
    return (long)(await command.ExecuteScalarAsync())!;
}
