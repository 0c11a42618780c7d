namespace Ratchet.Execution.Packages;

/// <summary>Bounds on what is read of a task besides <see cref="Limits.TaskFileBytes"/> and <see cref="Limits.TaskTests"/>.</summary>
public static class TaskPackageLimits
{
    /// <summary>All files of a task together, uncompressed: a thousand tests of the largest size would otherwise be 4 GB.</summary>
    public const int TaskBytes = 16 << 20;

    /// <summary>Largest zip file, in bytes. Its directory alone is read into memory.</summary>
    public const int ZipBytes = Limits.TaskZipBytes;

    /// <summary>Most entries of a zip, folders and files that are not read included.</summary>
    public const int ZipEntries = 4_096;

    public const int LabelChars = 200;
    public const int DescriptionChars = 10_000;

    /// <summary>Longest wait between two attempts that metadata may ask for: 24 h, in milliseconds.</summary>
    public const int RetryDelayMs = 86_400_000;

    /// <summary>Longest time within which attempts may follow one another: 30 days.</summary>
    public const long RetryElapsedMs = 2_592_000_000;
}
