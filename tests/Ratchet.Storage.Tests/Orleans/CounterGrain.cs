using Orleans.Runtime;

namespace Ratchet.Storage.Tests.Orleans;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> AddAsync();
    Task<int> ReadStoredAsync();
    Task ClearAsync();
    Task<string?> RemindAsync(string name);
    Task<int> CountRemindersAsync();
    Task ForgetAsync(string name);
}

[GenerateSerializer]
public sealed class CounterState
{
    [Id(0)] public int Value { get; set; }
}

public sealed class CounterGrain([PersistentState("counter", "Default")] IPersistentState<CounterState> state) : Grain, ICounterGrain, IRemindable
{
    public async Task<int> AddAsync()
    {
        state.State.Value++;
        await state.WriteStateAsync();
        return state.State.Value;
    }

    public async Task<int> ReadStoredAsync()
    {
        await state.ReadStateAsync();
        return state.State.Value;
    }

    public Task ClearAsync() => state.ClearStateAsync();

    public async Task<string?> RemindAsync(string name)
    {
        await this.RegisterOrUpdateReminder(name, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
        return (await this.GetReminder(name))?.ReminderName;
    }

    public async Task<int> CountRemindersAsync() => (await this.GetReminders()).Count;

    public async Task ForgetAsync(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
