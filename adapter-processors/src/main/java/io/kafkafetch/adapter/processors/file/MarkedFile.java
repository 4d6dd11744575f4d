package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.DataFile.Appended;
import io.kafkafetch.adapter.processors.file.Roots.Location;
import io.kafkafetch.adapter.processors.file.Roots.OutsideRoots;
import io.kafkafetch.domain.processor.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current file of a series and its watermark. After anything that leaves in doubt what is on
 * disk, the file is closed, and {@link #ready} does what it does after a crash: reads the watermark
 * and cuts what lies beyond.
 */
final class MarkedFile {
  private static final Logger log = LoggerFactory.getLogger(MarkedFile.class);

  private final Disk disk;
  private final Roots roots;
  private final Naming naming;
  private final Ledger ledger;
  private @Nullable WriterLock writerLock;
  private @Nullable WatermarkFile watermarks;
  private @Nullable DataFile file;

  /** The last watermark that is surely on disk. */
  private @Nullable Watermark saved;

  /** Whether a write of a newer watermark failed, and may or may not have taken place. */
  private boolean inDoubt;

  private long length;
  private Instant lastWrite = Instant.MIN;

  MarkedFile(Disk disk, Roots roots, Naming naming, Ledger ledger) {
    this.disk = disk;
    this.roots = roots;
    this.naming = naming;
    this.ledger = ledger;
  }

  /** Lines beyond the watermark are gone; whoever wrote them writes them again. */
  static final class LinesLost extends IOException {
    private static final long serialVersionUID = 1L;

    LinesLost(String sentence, @Nullable IOException cause) {
      super(sentence, cause);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /** Makes the file ready to be appended to. */
  DataFile ready(Instant now) throws IOException, OutsideRoots {
    if (file != null && !file.isAtItsPath()) {
      throw lost("was removed or replaced while it was written", null);
    }
    return file == null ? recover(now) : file;
  }

  /** Where the current file is. */
  Location location() throws IOException, OutsideRoots {
    return file == null ? roots.locate(naming.series().toString()) : file.location();
  }

  private DataFile recover(Instant now) throws IOException, OutsideRoots {
    if (writerLock == null) {
      writerLock = WriterLock.take(beside(".lock"));
    }
    var marks = watermarks == null ? new WatermarkFile(disk, beside(".watermark")) : watermarks;
    watermarks = marks;
    if (inDoubt && saved != null) {
      write(saved);
    }
    var mark = marks.read();
    mark.ifPresent(ledger::load);
    if (mark.isPresent() && mark.get().finishedAs().isPresent()) {
      finish(mark.get(), mark.get().finishedAs().get());
      mark = Optional.of(beginning(naming.at(now), mark.get()));
      write(mark.get());
    }
    var path = mark.map(Watermark::file).orElseGet(() -> naming.at(now));
    var opened = DataFile.open(disk, locate(path));
    try {
      reconcile(opened, path, mark);
      file = opened;
      return opened;
    } finally {
      if (file != opened) {
        opened.close();
      }
    }
  }

  /** Makes file and watermark agree. */
  private void reconcile(DataFile opened, Path path, Optional<Watermark> mark) throws IOException {
    if (mark.isEmpty()) {
      TornLine.cutFrom(opened);
    }
    if (opened.tryLock().isEmpty()) {
      throw new IOException("another writer has locked it");
    }
    long actual = opened.length();
    long counted = mark.map(Watermark::length).orElse(actual);
    if (actual > counted) {
      opened.truncate(counted);
    } else if (actual < counted) {
      log.warn(
          "{} has {} bytes where {} were counted: somebody removed or cut it. It is taken as it is",
          opened.location().path(),
          actual,
          counted);
    }
    length = Math.min(actual, counted);
    lastWrite = opened.lastModified();
    if (mark.isEmpty() || actual < counted) {
      var progress = mark.map(Watermark::progress).orElseGet(ledger::reached);
      write(new Watermark(path, length, Optional.empty(), progress));
    } else {
      saved = mark.get();
    }
  }

  /** Gives a complete file its last name, unless that was done before a crash. */
  private void finish(Watermark mark, Path name) throws IOException, OutsideRoots {
    var current = locate(mark.file());
    if (Naming.isTaken(current.path())) {
      try (var complete = DataFile.open(disk, current)) {
        if (complete.length() > mark.length()) {
          complete.truncate(mark.length());
          complete.force();
        }
      }
      disk.rename(current.path(), locate(name).path());
    }
    disk.forceFolder(current.folder());
  }

  /** The watermark with which a file is begun, or gone on with when it is there already. */
  private static Watermark beginning(Path next, Watermark before) throws IOException {
    long there = Naming.isTaken(next) ? Files.size(next) : 0;
    return new Watermark(next, there, Optional.empty(), before.progress());
  }

  /**
   * Finishes the file, which is ready, when it is time to.
   *
   * @return whether it did
   */
  boolean makeWay(long more, Rotation rotation, Instant now) throws IOException, OutsideRoots {
    var current = savedMark().file();
    if (!current.equals(naming.at(now))) {
      save();
      write(beginning(naming.at(now), savedMark()));
    } else if (rotation.isDue(length, more, lastWrite, now)) {
      save(Optional.of(Naming.finished(current, now)));
    } else {
      return false;
    }
    closeFile();
    ready(now);
    return true;
  }

  Appended append(RecordBatch batch, int from, LineFormat format, Instant now)
      throws IOException, OutsideRoots {
    var open = file == null ? recover(now) : file;
    if (inDoubt) {
      save(); // Else a crash could find a watermark that does not know this file any more.
    }
    var appended = open.append(batch, from, format);
    length += appended.bytes();
    lastWrite = now;
    return appended;
  }

  /** Forces the file to disk, then the watermark that covers all of it. */
  void save() throws IOException {
    save(Optional.empty());
  }

  private void save(Optional<Path> finishedAs) throws IOException {
    var open = file;
    if (open == null) {
      throw new IOException("it is not open");
    }
    open.settle();
    long actual = open.length();
    if (actual < length) {
      throw lost("was cut by somebody else while it was written", null);
    }
    try {
      open.force();
    } catch (IOException e) {
      throw lost("could not be forced to disk: " + Reasons.of(open.location().path(), e), e);
    }
    length = actual;
    write(new Watermark(savedMark().file(), length, finishedAs, ledger.reached()));
    ledger.saved();
  }

  private void write(Watermark mark) throws IOException {
    if (watermarks == null) {
      throw new IllegalStateException("A watermark is read before one is written");
    }
    inDoubt = true;
    watermarks.write(mark);
    inDoubt = false;
    saved = mark;
  }

  private Watermark savedMark() {
    if (saved == null) {
      throw new IllegalStateException("A file that is open has a watermark");
    }
    return saved;
  }

  private LinesLost lost(String why, @Nullable IOException cause) {
    ledger.lost();
    closeFile();
    return new LinesLost(
        naming.series() + " " + why + "; lines since the last flush come again", cause);
  }

  private Location beside(String suffix) throws IOException, OutsideRoots {
    return locate(naming.sidecar(suffix));
  }

  private Location locate(Path path) throws IOException, OutsideRoots {
    return roots.locate(path.toString());
  }

  private void closeFile() {
    close(file);
    file = null;
  }

  /** Lets go of the file and its lock. What the watermark does not cover will be cut off. */
  void close() {
    closeFile();
    close(writerLock);
    writerLock = null;
  }

  private void close(@Nullable AutoCloseable resource) {
    if (resource == null) {
      return;
    }
    try {
      resource.close();
    } catch (Exception e) {
      log.warn("{} could not be closed: {}", naming.series(), String.valueOf(e.getMessage()));
    }
  }
}
