package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The machine's own file systems. */
final class RealDisk implements Disk {
  private static final Set<OpenOption> TO_APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> EMPTY =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  @Override
  public FileChannel openToAppend(Location location) throws IOException {
    return open(location, TO_APPEND);
  }

  @Override
  public FileChannel openEmpty(Location location) throws IOException {
    return open(location, EMPTY);
  }

  private static FileChannel open(Location location, Set<OpenOption> options) throws IOException {
    var folder = location.folder();
    Files.createDirectories(folder);
    try (var root = Files.newDirectoryStream(location.root())) {
      return root instanceof SecureDirectoryStream<Path> secure
          ? openBeneath(secure, location.root().relativize(location.path()), options)
          : openChecked(location, options);
    }
  }

  /**
   * Walks down from the root's handle and follows no link, so that nothing that is swapped in
   * between the check of the path and this can lead out of the root.
   */
  private static FileChannel openBeneath(
      SecureDirectoryStream<Path> folder, Path path, Set<OpenOption> options) throws IOException {
    if (path.getNameCount() == 1) {
      return (FileChannel) folder.newByteChannel(path, options);
    }
    try (var next = folder.newDirectoryStream(path.getName(0), LinkOption.NOFOLLOW_LINKS)) {
      return openBeneath(next, path.subpath(1, path.getNameCount()), options);
    }
  }

  /** Where folders have no handles: opens by path, then looks whether that was still the place. */
  private static FileChannel openChecked(Location location, Set<OpenOption> options)
      throws IOException {
    var file = FileChannel.open(location.path(), options);
    if (location.path().toRealPath().equals(location.path())) {
      return file;
    }
    file.close();
    throw new IOException("the path became a symbolic link while it was opened");
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (file.write(bytes) == 0) {
        throw new IOException("the file system takes no more bytes");
      }
    }
  }

  @Override
  public void force(FileChannel file) throws IOException {
    file.force(false);
  }

  @Override
  public void truncate(FileChannel file, long length) throws IOException {
    file.truncate(length);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.delete(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    try (var handle = FileChannel.open(folder, StandardOpenOption.READ)) {
      handle.force(true);
    }
  }
}
