using System.IO.Compression;
using Ratchet.Cli.Tests.Support;
using Ratchet.Execution.Packages;

namespace Ratchet.Cli.Tests.Packages;

/// <summary>Zips: their two forms, and what somebody might put into one on purpose.</summary>
public sealed class TaskArchiveTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("double-main/")]
    public void A_zip_holds_the_files_at_its_root_or_in_one_top_folder(string prefix)
    {
        string zip = new TaskFixture().With("tests/t.json", """{"input":1,"expected_output":1}""")
            .ZipTo(temp.Join("twice.zip"), prefix, z => TaskFixture.Add(z, "__MACOSX/._metadata.json", "x"));
        TaskReading reading = TaskPackageReader.Read(zip);
        Assert.Empty(reading.Problems);
        Assert.Equal("twice", reading.Package!.Name);
        Assert.Single(reading.Tests);
        Assert.Equal(TaskPackageReader.Read(new TaskFixture().WriteTo(temp.Join("folder"))).Package!.Digest, reading.Package.Digest);
    }

    [Fact]
    public void Two_top_folders_are_no_task()
    {
        string zip = new TaskFixture().ZipTo(temp.Join("a.zip"), "one/", z => TaskFixture.Add(z, "two/x", ""));
        Assert.Equal("a.zip: holds no metadata.json at its root or in one top folder.", Problem(zip));
    }

    [Theory]
    [InlineData("../evil.js")]
    [InlineData("a/../../evil.js")]
    [InlineData("/etc/evil")]
    [InlineData("..\\evil.js")]
    [InlineData("C:/evil.js")]
    public void An_entry_that_leaves_the_folder_is_refused(string name)
    {
        string zip = new TaskFixture().ZipTo(temp.Join("slip.zip"), more: z => TaskFixture.Add(z, name, "x"));
        Assert.Equal($"slip.zip: holds an entry that leaves the zip's folder: '{name}'.", Problem(zip));
        Assert.Equal(["slip.zip"], Directory.GetFileSystemEntries(temp.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_bomb_is_left_packed()
    {
        string zip = new TaskFixture().With("main.js", null).ZipTo(temp.Join("bomb.zip"), more: z =>
        {
            using Stream main = z.CreateEntry("main.js", CompressionLevel.Fastest).Open();
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) main.Write(zeros);
        });
        Assert.True(new FileInfo(zip).Length < 1 << 20);
        Assert.Equal($"main.js: is larger than {Limits.TaskFileBytes} bytes.", Problem(zip));
    }

    [Fact]
    public void Many_files_together_are_bounded_too()
    {
        string zip = new TaskFixture().ZipTo(temp.Join("many.zip"), more: z =>
        {
            string big = "\"" + new string('x', 3 << 20) + "\"";
            for (int i = 0; i < 7; i++) TaskFixture.Add(z, $"tests/{i}.json", big);
        });
        Assert.Contains(TaskPackageReader.Read(zip).Problems, p => p.Message == $"takes the task's files over {TaskPackageLimits.TaskBytes} bytes together.");
    }

    [Fact]
    public void Too_many_entries_are_refused()
    {
        string zip = new TaskFixture().ZipTo(temp.Join("wide.zip"), more: z =>
        {
            for (int i = 0; i < TaskPackageLimits.ZipEntries; i++) z.CreateEntry($"x/{i}");
        });
        Assert.Equal($"wide.zip: has more than {TaskPackageLimits.ZipEntries} entries.", Problem(zip));
    }

    [Fact]
    public void Symbolic_links_and_doubled_names_are_refused()
    {
        string link = new TaskFixture().With("main.js", null).ZipTo(temp.Join("link.zip"), more: z => TaskFixture.Add(z, "main.js", "/etc/passwd").ExternalAttributes = unchecked((int)0xA1FF0000));
        Assert.Equal("main.js: is a symbolic link; a zip may hold files only.", Problem(link));
        string doubled = new TaskFixture().ZipTo(temp.Join("doubled.zip"), more: z => TaskFixture.Add(z, "main.js", "other"));
        Assert.Equal("main.js: is in the zip twice.", Problem(doubled));
    }

    [Fact]
    public void What_is_no_zip_is_said_to_be_none()
    {
        File.WriteAllText(temp.Join("text.zip"), "hello");
        Assert.StartsWith("text.zip: is not a readable zip: ", Problem(temp.Join("text.zip")), StringComparison.Ordinal);

        string whole = new TaskFixture().ZipTo(temp.Join("whole.zip"));
        byte[] bytes = File.ReadAllBytes(whole);
        File.WriteAllBytes(temp.Join("cut.zip"), bytes[..(bytes.Length / 2)]);
        Assert.StartsWith("cut.zip: is not a readable zip: ", Problem(temp.Join("cut.zip")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_not_opened_as_a_zip()
    {
        using (FileStream file = File.Create(temp.Join("huge.zip"))) file.SetLength(TaskPackageLimits.ZipBytes + 1L);
        Assert.Equal($"huge.zip: is larger than {TaskPackageLimits.ZipBytes} bytes.", Problem(temp.Join("huge.zip")));
    }

    private static string Problem(string zip) => Assert.Single(TaskPackageReader.Read(zip).Problems).ToString();
}
