package io.kafkafetch.bootstrap.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A place where a server can write so much and no more. Where file systems may be mounted, a real
 * one of that size; elsewhere the kernel's limit on the size of a file that the process writes.
 * Either way a write fails in the kernel, half done, as on a disk that is full.
 */
interface SmallDisk extends AutoCloseable {
  /** Where to write. */
  Path folder();

  /** From now on this server can write no more than that, in all or to a file. */
  void fill(RunningServer server);

  /** There is room again. */
  void makeRoom(RunningServer server);

  @Override
  void close();

  /** One that a file of the given size fills. */
  static SmallDisk of(int mebibytes, Path beneath) {
    try {
      var folder = Files.createDirectory(beneath.toRealPath().resolve("disk"));
      var mounted =
          Program.of(
                  "mount",
                  "-t",
                  "tmpfs",
                  "-o",
                  "size=" + mebibytes + "m",
                  "tmpfs",
                  folder.toString())
              .run();
      return mounted.exitCode() == 0 ? new Mounted(folder) : new Limited(folder, mebibytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file system of its own. It is full by its size, and has room once it is made larger. */
  record Mounted(Path folder) implements SmallDisk {
    @Override
    public void fill(RunningServer server) {
      // It fills by what is written.
    }

    @Override
    public void makeRoom(RunningServer server) {
      run("mount", "-o", "remount,size=64m", folder.toString());
    }

    @Override
    public void close() {
      run("umount", "-l", folder.toString());
    }
  }

  /** The limit of a process, which can be moved while it runs. */
  record Limited(Path folder, int mebibytes) implements SmallDisk {
    @Override
    public void fill(RunningServer server) {
      limit(server, (mebibytes << 20) + ":");
    }

    @Override
    public void makeRoom(RunningServer server) {
      limit(server, "unlimited:");
    }

    private static void limit(RunningServer server, String soft) {
      run("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + soft);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private static void run(String... command) {
    var outcome = Program.of(command).run();
    if (outcome.exitCode() != 0) {
      throw new AssertionError(outcome.text());
    }
  }
}
