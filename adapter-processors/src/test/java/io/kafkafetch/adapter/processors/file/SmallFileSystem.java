package io.kafkafetch.adapter.processors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real file system of a few pages, mounted for a test; needs the right to mount. */
final class SmallFileSystem implements AutoCloseable {
  private final Path folder;

  private SmallFileSystem(Path folder) {
    this.folder = folder;
  }

  static SmallFileSystem ofKibibytes(int size) throws IOException {
    var folder = Files.createTempDirectory("small").toRealPath();
    run(List.of("mount", "-t", "tmpfs", "-o", "size=" + size + "k", "tmpfs", folder.toString()));
    return new SmallFileSystem(folder);
  }

  Path folder() {
    return folder;
  }

  void makeReadOnly() throws IOException {
    run(List.of("mount", "-o", "remount,ro", folder.toString()));
  }

  void makeWritable() throws IOException {
    run(List.of("mount", "-o", "remount,rw", folder.toString()));
  }

  private static void run(List<String> command) throws IOException {
    var process = new ProcessBuilder(command).inheritIO().start();
    if (process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join().isAlive()
        || process.exitValue() != 0) {
      throw new IOException("This test needs to mount a file system: " + command);
    }
  }

  @Override
  public void close() throws IOException {
    run(List.of("umount", "-l", folder.toString()));
    Files.delete(folder);
  }
}
