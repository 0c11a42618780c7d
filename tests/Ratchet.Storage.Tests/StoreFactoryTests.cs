using Microsoft.Extensions.Logging.Abstractions;

namespace Ratchet.Storage.Tests;

public sealed class StoreFactoryTests
{
    [Fact]
    public void An_unknown_provider_is_an_error_that_names_those_there_are()
    {
        RatchetException error = Assert.Throws<RatchetException>(() => Create(new StorageOptions { Provider = "oracle" }));
        Assert.Equal("Storage:Provider is 'oracle'. Known are sqlite and postgresql.", error.Message);
    }

    [Theory]
    [InlineData(0, 2_000, 50_000, "JournalWriters is 0; it must be from 1 to 8")]
    [InlineData(2, 10_001, 50_000, "JournalBatch is 10001; it must be from 1 to 10000")]
    [InlineData(2, 2_000, 999, "JournalBacklog is 999; it must be from 1000 to 1000000")]
    public void An_option_out_of_range_is_an_error_that_names_it(int writers, int batch, int backlog, string expected)
    {
        var options = new StorageOptions { JournalWriters = writers, JournalBatch = batch, JournalBacklog = backlog };
        Assert.Contains(expected, Assert.Throws<RatchetException>(() => Create(options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Storage:ConnectionString is empty")]
    [InlineData("Host=localhost;Pasword=hunter2", "not one that Npgsql understands")]
    public void A_connection_string_that_cannot_be_used_is_an_error_without_its_secrets(string? connectionString, string expected)
    {
        RatchetException error = Assert.Throws<RatchetException>(() => Create(new StorageOptions { Provider = "postgresql", ConnectionString = connectionString }));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    private static IStore Create(StorageOptions options) => StoreFactory.Create(options, TimeProvider.System, NullLoggerFactory.Instance);
}
