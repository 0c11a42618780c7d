using FsCheck;
using FsCheck.Fluent;
using Ratchet.Jobs;
using Ratchet.Lists;
using Ratchet.Storage.Tests.Databases;

namespace Ratchet.Storage.Tests.Lists;

/// <summary>Whatever is asked of a list, a store answers what the same filter says of the same items in memory, page by page, forward and backward.</summary>
public abstract class ListProperties<TDatabase>(StoreFixture<TDatabase> fixture) where TDatabase : TestDatabase, new()
{
    private const int Questions = 90;
    private const int Jobs = 90;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_of_jobs_are_what_their_filters_say()
    {
        string tenant = await FilledAsync();
        await HoldAsync(JobList.Schema, (query, cancel) => fixture.Store.Lists.JobsAsync(tenant, query, cancel), Jobs);
    }

    [Fact]
    public async Task Lists_of_executions_are_what_their_filters_say()
    {
        string tenant = await FilledAsync();
        await HoldAsync(ExecutionList.Schema, (query, cancel) => fixture.Store.Lists.ExecutionsAsync(tenant, query, cancel), Jobs / 3);
    }

    /// <summary>None of those that the description has is left to chance.</summary>
    [Fact]
    public async Task Each_field_is_compared_in_each_way_that_it_can_be()
    {
        string tenant = await FilledAsync();
        await EachAsync(JobList.Schema, (query, cancel) => fixture.Store.Lists.JobsAsync(tenant, query, cancel));
        await EachAsync(ExecutionList.Schema, (query, cancel) => fixture.Store.Lists.ExecutionsAsync(tenant, query, cancel));
    }

    private static async Task EachAsync<TField, TItem>(ListSchema<TField, TItem> schema, Func<ListQuery<TField>, CancellationToken, Task<ListPage<TItem>>> list) where TField : struct, Enum
    {
        IReadOnlyList<TItem> items = (await list(new ListQuery<TField> { Limit = Limits.ListRows }, Cancel)).Items;
        foreach (ListField<TField, TItem> field in schema.Fields)
        {
            // One in the middle tells greater from less.
            var sorted = new ListQuery<TField> { Sort = new ListSort<TField>(field.Field, Descending: false), Limit = Limits.ListRows };
            FieldValue[] values = [.. schema.Page(items, sorted).Items.Select(field.Read).OfType<FieldValue>()];
            Assert.True(values.Length > 0, $"no item has {field.Name}");
            foreach (FilterOperator comparison in field.Operators)
            {
                var query = new ListQuery<TField> { Filter = Filter.Where(field.Field, comparison, values[values.Length / 2]), Limit = Limits.ListRows };
                string expected = string.Join('\n', schema.Page(items, query).Items.Select(schema.Key.Read));
                string found = string.Join('\n', (await list(query, Cancel)).Items.Select(schema.Key.Read));
                Assert.True(expected == found, $"{field.Name} {comparison.Name()} {values[values.Length / 2]}: {found} instead of {expected}");
            }
        }
    }

    private async Task<string> FilledAsync()
    {
        var world = new ListWorld(fixture.Store);
        await world.FillAsync(Jobs, Cancel);
        return world.Tenant;
    }

    private static async Task HoldAsync<TField, TItem>(ListSchema<TField, TItem> schema, Func<ListQuery<TField>, CancellationToken, Task<ListPage<TItem>>> list, int atLeast)
        where TField : struct, Enum
    {
        IReadOnlyList<TItem> items = (await list(new ListQuery<TField> { Limit = Limits.ListRows }, Cancel)).Items;
        Assert.True(items.Count >= atLeast, $"only {items.Count} items");
        var found = new Dictionary<bool, int>();
        Config config = Config.QuickThrowOnFailure.WithMaxTest(Questions).WithStartSize(3).WithEndSize(40);
        Gen<int[]> genes = Gen.Sized(size => Gen.Choose(0, 1 << 16).ArrayOf(size));
        Property property = Prop.ForAll(Arb.From(genes, ArbMap.Default.ArbFor<int[]>().Shrinker), async numbers =>
        {
            ListQuery<TField> query = new FilterGenes<TField, TItem>(schema, items, [.. numbers.Select(n => n & 0xFFFF)]).Query();
            int matching = await CompareAsync(schema, items, query, list);
            found[matching > 0 && matching < items.Count] = found.GetValueOrDefault(matching > 0 && matching < items.Count) + 1;
        });
        await Task.Run(() => Check.One(config, property), Cancel);
        // Filters that pick all or nothing say little.
        Assert.True(found.GetValueOrDefault(true) > Questions / 4, $"only {found.GetValueOrDefault(true)} filters told items apart");
    }

    /// <summary>Walks all pages, there by cursors and back again.</summary>
    private static async Task<int> CompareAsync<TField, TItem>(
        ListSchema<TField, TItem> schema, IReadOnlyList<TItem> items, ListQuery<TField> query, Func<ListQuery<TField>, CancellationToken, Task<ListPage<TItem>>> list)
        where TField : struct, Enum
    {
        FieldValue?[] expected = [.. schema.Page(items, query with { Limit = Limits.ListRows }).Items.Select(schema.Key.Read)];
        var there = new List<FieldValue?>();
        ListPage<TItem> page = await list(query, Cancel);
        Same(expected.Length, page.Total, "total");
        Same(false, page.HasPrevious, "the first page has a previous one");
        while (true)
        {
            there.AddRange(page.Items.Select(schema.Key.Read));
            Same(there.Count < expected.Length, page.HasNext, "has a next page");
            if (!page.HasNext) break;
            page = await list(query with { After = Through(schema, page.Items[^1], query.Sort) }, Cancel);
        }

        Same(string.Join('\n', expected), string.Join('\n', there), "forward");
        var back = new List<FieldValue?>();
        page = await list(query with { FromEnd = true, Count = false }, Cancel);
        while (true)
        {
            back.InsertRange(0, page.Items.Select(schema.Key.Read));
            if (!page.HasPrevious) break;
            page = await list(query with { Before = Through(schema, page.Items[0], query.Sort), Count = false }, Cancel);
        }

        Same(string.Join('\n', expected), string.Join('\n', back), "backward");
        return expected.Length;

        void Same<T>(T wanted, T got, string what)
        {
            if (!Equals(wanted, got)) throw new InvalidOperationException($"{what}: {got} instead of {wanted}; sort {query.Sort}, filter {Show(schema, query.Filter)}");
        }
    }

    /// <summary>As a client hands it back.</summary>
    private static ListCursor Through<TField, TItem>(ListSchema<TField, TItem> schema, TItem item, ListSort<TField>? sort) where TField : struct, Enum =>
        schema.ReadCursor(schema.Write(schema.CursorOf(item, sort), sort), sort);

    private static string Show<TField, TItem>(ListSchema<TField, TItem> schema, Filter<TField>? filter) where TField : struct, Enum => filter?.Kind switch
    {
        null => "none",
        FilterKind.Condition => $"{schema[filter.Field].Name} {filter.Operator.Name()} [{string.Join(", ", filter.Values)}]",
        _ => $"{filter.Kind}({string.Join("; ", filter.Parts.Select(part => Show(schema, part)))})",
    };
}

public sealed class SqliteListProperties(StoreFixture<SqliteDatabase> fixture) : ListProperties<SqliteDatabase>(fixture), IClassFixture<StoreFixture<SqliteDatabase>>;

public sealed class PostgresListProperties(StoreFixture<PostgresDatabase> fixture) : ListProperties<PostgresDatabase>(fixture), IClassFixture<StoreFixture<PostgresDatabase>>;
