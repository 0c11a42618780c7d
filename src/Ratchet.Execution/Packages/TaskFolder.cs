namespace Ratchet.Execution.Packages;

/// <summary>Gathers a task's files from a folder.</summary>
internal static class TaskFolder
{
    public static void Load(string folder, TaskFiles files)
    {
        string root = RealPath.Of(folder);
        foreach (string file in Names(root))
        {
            string path = Path.Join(root, file);
            try
            {
                string real = RealPath.Of(path);
                if (!RealPath.IsWithin(root, real))
                {
                    files.Refuse(file, "is a symbolic link that leaves the task's folder.");
                    continue;
                }

                using FileStream stream = File.OpenRead(real);
                files.Add(file, stream);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                files.Refuse(file, $"cannot be read: {error.Message}");
            }
        }
    }

    private static IEnumerable<string> Names(string root)
    {
        foreach (string file in TaskFileNames.Required)
        {
            if (File.Exists(Path.Join(root, file))) yield return file;
        }

        string tests = Path.Join(root, TaskFileNames.Tests);
        if (!Directory.Exists(tests)) yield break;
        foreach (string path in Directory.EnumerateFiles(tests, "*.json").Order(StringComparer.Ordinal))
        {
            yield return $"{TaskFileNames.Tests}/{Path.GetFileName(path)}";
        }
    }
}
