using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;
using Ratchet.Jobs;
using Ratchet.Storage.Jobs;
using Ratchet.Storage.Json;

namespace Ratchet.Storage.Postgres;

/// <summary>Jobs and their first events in PostgreSQL's binary COPY format (manual, "COPY", Binary Format): the payload's bytes go from the caller's array to the socket.</summary>
internal static class PostgresJobCopy
{
    private const short JobColumns = 21;
    private const short EventColumns = 6;
    private const int FlushAt = 128 << 10;
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="EncoderFallbackException">A name is not valid Unicode.</exception>
    /// <param name="writeRow">Writes one row: <see cref="Job"/> or <see cref="FirstEvent"/>.</param>
    public static async Task WriteAsync(
        NpgsqlConnection connection, string command, Action<ArrayBufferWriter<byte>, NewJob> writeRow, IReadOnlyList<NewJob> jobs, List<int> members, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(FlushAt / 4);
        await using NpgsqlRawCopyStream stream = await connection.BeginRawBinaryCopyAsync(command, cancel);
        try
        {
            buffer.Write(Header);
            foreach (int i in members)
            {
                writeRow(buffer, jobs[i]);
                if (buffer.WrittenCount < FlushAt) continue;
                await stream.WriteAsync(buffer.WrittenMemory, cancel);
                buffer.ResetWrittenCount();
            }
            Short(buffer, -1);
            await stream.WriteAsync(buffer.WrittenMemory, cancel);
        }
        catch
        {
            // Closing the stream would commit half a set.
            await stream.CancelAsync();
            throw;
        }
    }

    public static void Job(ArrayBufferWriter<byte> to, NewJob job)
    {
        Short(to, JobColumns);
        Id(to, job.Id.Value);
        Text(to, job.Queue.Tenant);
        Text(to, job.Queue.Name);
        Text(to, job.Task.Name);
        Text(to, job.Task.Version);
        Text(to, job.Task.Digest);
        Text(to, job.State.Name());
        Length(to, sizeof(short));
        Short(to, (short)job.Priority);
        Length(to, job.Input.Length);
        to.Write(job.Input);
        Length(to, sizeof(int));
        Length(to, job.MaxAttempts);
        Time(to, job.DueAt);
        Time(to, job.ReadyAt);
        Time(to, job.CreatedAt);
        Text(to, job.TraceParent);
        Text(to, job.Lane);
        Time(to, job.Rank);
        Time(to, job.Deadline);
        Time(to, job.EscalateAt);
        if (job.EscalateTo is { } raised)
        {
            Length(to, sizeof(short));
            Short(to, (short)raised);
        }
        else
        {
            Length(to, -1);
        }
        Long(to, (long?)job.Retention?.TotalMilliseconds);
        Text(to, StorageJson.Write(job.Options));
    }

    public static void FirstEvent(ArrayBufferWriter<byte> to, NewJob job)
    {
        Short(to, EventColumns);
        Time(to, job.CreatedAt);
        Id(to, job.Id.Value);
        Text(to, job.Queue.Tenant);
        Text(to, job.Transition.Name);
        Text(to, job.State.Name());
        Text(to, job.Actor);
    }

    private static void Text(ArrayBufferWriter<byte> to, string? text)
    {
        if (text is null)
        {
            Length(to, -1);
            return;
        }
        int length = Strict.GetByteCount(text);
        Length(to, length);
        to.Advance(Strict.GetBytes(text, to.GetSpan(length)));
    }

    private static void Id(ArrayBufferWriter<byte> to, Guid id)
    {
        Length(to, 16);
        id.TryWriteBytes(to.GetSpan(16), bigEndian: true, out int written);
        to.Advance(written);
    }

    private static void Time(ArrayBufferWriter<byte> to, DateTimeOffset? time) =>
        Long(to, time is { } value ? (value.UtcDateTime - Epoch).Ticks / TimeSpan.TicksPerMicrosecond : null);

    private static void Long(ArrayBufferWriter<byte> to, long? number)
    {
        if (number is not { } value)
        {
            Length(to, -1);
            return;
        }
        Length(to, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(sizeof(long)), value);
        to.Advance(sizeof(long));
    }

    /// <summary>A field's length in bytes, or any other 32-bit number; -1 is NULL.</summary>
    private static void Length(ArrayBufferWriter<byte> to, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(to.GetSpan(sizeof(int)), value);
        to.Advance(sizeof(int));
    }

    private static void Short(ArrayBufferWriter<byte> to, short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(to.GetSpan(sizeof(short)), value);
        to.Advance(sizeof(short));
    }
}
