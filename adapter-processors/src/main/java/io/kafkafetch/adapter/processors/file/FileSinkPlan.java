package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.Location;
import io.kafkafetch.adapter.processors.file.Roots.OutsideRoots;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.ResourceClaim;
import io.kafkafetch.domain.processor.SinkCheck;
import io.kafkafetch.domain.processor.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a {@code file_sink} that somebody wants, before it runs. Changes nothing. */
final class FileSinkPlan {
  private static final long LITTLE_SPACE = 64L * 1024 * 1024;

  private final ProcessorPlan plan;
  private final FileSinkConfig config;
  private final Roots roots;
  private final String path;

  FileSinkPlan(ProcessorPlan plan) {
    this.plan = plan;
    this.config = FileSinkConfig.of(plan.config());
    this.roots = Roots.of(plan.environment());
    this.path = config.path().forTopic(plan.topic());
  }

  /** What is wrong with it beyond its schema. */
  List<Violation> violations() {
    var violations = new ArrayList<Violation>();
    config
        .path()
        .violation()
        .or(this::outsideRoots)
        .ifPresent(message -> violations.add(new Violation(FileSinkConfig.FILE_PATH, message)));
    if (config.exactlyOnce() && plan.tasksMax() > 1 && !config.path().perPartition()) {
      violations.add(
          new Violation(
              FileSinkConfig.EXACTLY_ONCE,
              "takes one writer per file: with tasks_max "
                  + plan.tasksMax()
                  + ", "
                  + FileSinkConfig.FILE_PATH
                  + " must contain "
                  + PathTemplate.PARTITION
                  + ", or tasks_max must be 1"));
    }
    if (config.exactlyOnce() && config.writing().fsync() == Fsync.NEVER) {
      violations.add(
          new Violation(
              FileSinkConfig.FSYNC,
              "must be commit with " + FileSinkConfig.EXACTLY_ONCE + ", or that must be false"));
    }
    return List.copyOf(violations);
  }

  private Optional<String> outsideRoots() {
    try {
      roots.locate(path);
      return Optional.empty();
    } catch (OutsideRoots e) {
      return Optional.of(e.sentence());
    } catch (IOException e) {
      // What cannot be looked at now is checked when it is opened, and waited for.
      return Optional.empty();
    }
  }

  /** The file; with a date or a partition open in its name, that of the whole series. */
  List<ResourceClaim> claims() {
    return List.of(new ResourceClaim("file:" + claimedPath(), config.exactlyOnce()));
  }

  private String claimedPath() {
    try {
      return roots.locate(path).path().toString();
    } catch (IOException | OutsideRoots e) {
      return path;
    }
  }

  /** Tries what can be tried without changing anything. */
  List<SinkCheck> checks() {
    try {
      return checks(roots.locate(path));
    } catch (OutsideRoots e) {
      return List.of(new SinkCheck("allowed", false, path + " " + e.sentence()));
    } catch (IOException e) {
      return List.of(new SinkCheck("reachable", false, Reasons.of(Path.of(path), e)));
    }
  }

  private List<SinkCheck> checks(Location location) throws IOException {
    var folder = location.folder();
    var existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return List.of(
        new SinkCheck("allowed", true, location.path() + " lies under " + location.root()),
        folder(folder, existing),
        file(location.path()),
        space(existing));
  }

  private static SinkCheck folder(Path folder, Path existing) {
    if (!Files.isDirectory(existing)) {
      return new SinkCheck("folder", false, existing + " is not a folder; move it away");
    }
    if (!Files.isWritable(existing)) {
      return new SinkCheck(
          "folder", false, existing + " may not be written by this server; grant it");
    }
    return new SinkCheck(
        "folder", true, existing.equals(folder) ? folder + " is there" : folder + " will be made");
  }

  // The file is not opened: closing it again would let go of the lock of a writer in this process.
  private static SinkCheck file(Path file) {
    if (!Files.exists(file)) {
      return new SinkCheck("writable", true, file + " will be made");
    }
    if (!Files.isRegularFile(file)) {
      return new SinkCheck("writable", false, file + " is not a plain file; move it away");
    }
    return Files.isWritable(file)
        ? new SinkCheck("writable", true, file + " is there and will be appended to")
        : new SinkCheck("writable", false, file + " may not be written by this server; grant it");
  }

  private static SinkCheck space(Path existing) throws IOException {
    long free = Files.getFileStore(existing).getUsableSpace();
    return new SinkCheck(
        "space", free >= LITTLE_SPACE, free / (1024 * 1024) + " MiB are free at " + existing);
  }
}
