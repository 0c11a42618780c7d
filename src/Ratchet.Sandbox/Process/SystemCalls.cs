namespace Ratchet.Sandbox.Process;

/// <summary>System calls of x86-64 Linux that no sandbox makes after its start (numbers: the kernel's <c>arch/x86/entry/syscalls/syscall_64.tbl</c>).</summary>
internal static class SystemCalls
{
    public const int Open = 2;
    public const int Clone = 56;
    public const int SendSignalToThread = 234;
    public const int OpenAt = 257;
    public const int Limits = 302;
    public const int Clone3 = 435;
    public const int OpenAt2 = 437;

    /// <summary>Refused with EPERM, whatever their arguments.</summary>
    public static readonly int[] Refused =
    [
        // Sockets of any kind: socket, connect, accept, bind, listen, socketpair, accept4.
        41, 42, 43, 49, 50, 53, 288,
        // Other programs and processes: fork, vfork, execve, execveat, kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_send_signal, pidfd_open, pidfd_getfd.
        57, 58, 59, 322, 62, 200, 129, 297, 424, 434, 438,
        // Looking into other processes: ptrace, process_vm_readv, process_vm_writev, kcmp, perf_event_open, process_madvise.
        101, 310, 311, 312, 298, 440,
        // Changing files: creat, rename, mkdir, rmdir, link, unlink, symlink, chmod, fchmod, chown, fchown, lchown, truncate, mknod, and those relative to a folder; extended attributes.
        85, 82, 83, 84, 86, 87, 88, 90, 91, 92, 93, 94, 76, 133, 258, 259, 260, 263, 264, 265, 266, 268, 316, 452, 188, 189, 190, 197, 198, 199,
        // The view of the system: mount, umount2, pivot_root, chroot, unshare, setns, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr, handles of files.
        165, 166, 155, 161, 272, 308, 428, 429, 430, 431, 432, 433, 442, 303, 304,
        // The kernel's own surfaces: bpf, userfaultfd, keys, modules, kexec, reboot, swap, acct, quotas, log, clocks, names, ports, personality, io_uring, memfd_secret.
        321, 323, 248, 249, 250, 175, 174, 313, 176, 246, 320, 169, 167, 168, 163, 179, 443, 103, 164, 227, 305, 159, 170, 171, 172, 173, 135, 134, 153, 154, 212, 425, 426, 427, 447,
        // Shared memory, semaphores and queues of System V and POSIX, by which two processes could talk.
        29, 30, 31, 64, 65, 66, 67, 68, 69, 70, 71, 220, 240, 241, 242, 243,
    ];
}
