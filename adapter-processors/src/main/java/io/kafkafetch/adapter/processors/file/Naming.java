package io.kafkafetch.adapter.processors.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the files of one series are called: the one that is written now, those that are finished, and
 * the sink's own files beside them.
 *
 * @param series the path with only the date open
 */
record Naming(Path series) {
  static final String COMPRESSED = ".gz";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
  private static final String STAMP_PATTERN = "\\.\\d{8}T\\d{9}Z";
  private static final String DATE_PATTERN = "\\d{4}-\\d{2}-\\d{2}";

  /** Whether each day has a file of its own. */
  boolean isDated() {
    return series.toString().contains(PathTemplate.DATE);
  }

  /** The file that is written at that moment. */
  Path at(Instant now) {
    if (!isDated()) {
      return series;
    }
    var date = LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
    return Path.of(series.toString().replace(PathTemplate.DATE, date));
  }

  /**
   * A free name for a file that is finished at that moment, or the next millisecond that is free:
   * by name, the files are in the order in which they were written.
   */
  static Path finished(Path file, Instant now) {
    var moment = now;
    var name = stamped(file, moment);
    while (isTaken(name) || isTaken(compressed(name))) {
      moment = moment.plusMillis(1);
      name = stamped(file, moment);
    }
    return name;
  }

  private static Path stamped(Path file, Instant moment) {
    return file.resolveSibling(file.getFileName() + "." + STAMP.format(moment));
  }

  static Path compressed(Path file) {
    return file.resolveSibling(file.getFileName() + COMPRESSED);
  }

  static boolean isTaken(Path name) {
    return Files.exists(name, LinkOption.NOFOLLOW_LINKS);
  }

  /** A file of the sink's own that stays the same while files of the series come and go. */
  Path sidecar(String suffix) {
    var folder = series;
    while (folder.toString().contains(PathTemplate.DATE) || folder.equals(series)) {
      folder = parent(folder);
    }
    var name = folder.relativize(series).toString().replace('/', '+');
    return folder.resolve("." + name + suffix);
  }

  /** Files of the series that are finished and not compressed yet. */
  List<Path> uncompressed(Path current) throws IOException {
    var folder = series;
    while (folder.toString().contains(PathTemplate.DATE) || folder.equals(series)) {
      folder = parent(folder);
    }
    var found = new ArrayList<Path>();
    collect(folder, folder.getNameCount(), current, found);
    return found;
  }

  private void collect(Path folder, int depth, Path current, List<Path> found) throws IOException {
    var name = series.getName(depth).toString();
    boolean last = depth == series.getNameCount() - 1;
    if (!last && !name.contains(PathTemplate.DATE)) {
      collect(folder.resolve(name), depth + 1, current, found);
      return;
    }
    var pattern = pattern(name, last);
    try (var children =
        Files.newDirectoryStream(folder, child -> pattern.matcher(fileName(child)).matches())) {
      for (var child : children) {
        if (!last && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          collect(child, depth + 1, current, found);
        } else if (last
            && !child.equals(current)
            && Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
          found.add(child);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return; // Nothing was written there yet.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static Pattern pattern(String name, boolean last) {
    var dated = String.join(DATE_PATTERN, quoted(name.split(Pattern.quote(PathTemplate.DATE), -1)));
    if (!last) {
      return Pattern.compile(dated);
    }
    // Without a date in its name a file is finished only once it was renamed.
    return Pattern.compile(
        name.contains(PathTemplate.DATE)
            ? dated + "(" + STAMP_PATTERN + ")?"
            : dated + STAMP_PATTERN);
  }

  private static List<String> quoted(String[] parts) {
    var quoted = new ArrayList<String>();
    for (var part : parts) {
      quoted.add(Pattern.quote(part));
    }
    return quoted;
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static Path parent(Path path) {
    var parent = path.getParent();
    if (parent == null) {
      throw new IllegalStateException("A file lies in a folder: " + path);
    }
    return parent;
  }
}
