package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/**
 * A folder of unpacked files that appears whole or not at all. Its name says its contents, so one
 * that is there is never written again, whoever else uses it.
 */
final class UnpackedFolder {
  private static final String UNFINISHED = ".unfinished";

  /** Writes the files into the folder. */
  @FunctionalInterface
  interface Contents {
    void writeInto(Path folder) throws IOException;
  }

  private UnpackedFolder() {}

  static Path in(Path cache, String name, Contents contents) {
    var folder = cache.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    // File locks are between processes; threads of this one wait at the monitor.
    synchronized (UnpackedFolder.class) {
      try {
        Files.createDirectories(cache);
        try (var channel =
                FileChannel.open(
                    cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.lock()) {
          if (lock.isValid() && !Files.isDirectory(folder)) {
            unpack(folder, contents);
          }
        }
        return folder;
      } catch (IOException e) {
        throw new EmbeddedException(folder + " cannot be unpacked: " + e.getMessage(), e);
      }
    }
  }

  private static void unpack(Path folder, Contents contents) throws IOException {
    var unfinished = folder.resolveSibling(folder.getFileName() + UNFINISHED);
    delete(unfinished);
    Files.createDirectory(unfinished);
    contents.writeInto(unfinished);
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes a folder and all it holds; symbolic links are deleted, not followed. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (var paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (var path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
