package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.ProcessorEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folders that files may be written under. Links are resolved before anything is compared, so
 * that neither {@code ..} nor a symbolic link leads out.
 *
 * @param folders absolute, as the server's settings name them
 */
record Roots(List<Path> folders) {
  /** The setting that names them, comma-separated. */
  static final String SETTING = "FILE_SINK_ROOTS";

  Roots {
    folders = List.copyOf(folders);
  }

  /** The roots that the server's settings name; none when they name none. */
  static Roots of(ProcessorEnvironment environment) {
    return new Roots(
        Stream.of(environment.setting(SETTING).orElse("").split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(text -> Path.of(text).toAbsolutePath().normalize())
            .toList());
  }

  /**
   * The real place of a path, whether or not there is anything yet. A relative path is taken from
   * the first root.
   *
   * @throws OutsideRoots when it is not under a root
   * @throws IOException when the file system does not say
   */
  Location locate(String path) throws IOException, OutsideRoots {
    if (folders.isEmpty()) {
      throw new OutsideRoots(
          "cannot be written: no folder is open to file_sink; set " + SETTING + " on the server");
    }
    var absolute = folders.getFirst().resolve(path);
    for (var name : absolute) {
      if (name.toString().equals("..")) {
        throw new OutsideRoots("must not contain '..'");
      }
    }
    var real = real(absolute);
    for (var folder : folders) {
      var root = real(folder);
      if (real.startsWith(root) && !real.equals(root)) {
        return new Location(root, real);
      }
    }
    throw new OutsideRoots("must lie under " + accepted() + ", after symbolic links are resolved");
  }

  private String accepted() {
    return folders.stream().map(Path::toString).collect(Collectors.joining(" or "));
  }

  /** The real path of the deepest part that exists, and the rest as it is. */
  private static Path real(Path path) throws IOException {
    var existing = path;
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      var parent = existing.getParent();
      if (parent == null) {
        return path;
      }
      existing = parent;
    }
    return existing.toRealPath().resolve(existing.relativize(path)).normalize();
  }

  /**
   * A place under a root.
   *
   * @param root the root, with links resolved
   * @param path the place, with links resolved
   */
  record Location(Path root, Path path) {
    /** The folder it is in. */
    Path folder() {
      var parent = path.getParent();
      return parent == null ? root : parent;
    }

    /** A file beside it. */
    Location beside(String name) {
      return new Location(root, folder().resolve(name));
    }
  }

  /** A path that the server's settings do not allow. */
  static final class OutsideRoots extends Exception {
    private static final long serialVersionUID = 1L;

    OutsideRoots(String sentence) {
      super(sentence);
    }

    /** What to tell, to follow the path or its key. */
    String sentence() {
      return String.valueOf(getMessage());
    }
  }
}
