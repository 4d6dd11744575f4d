package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.OutsideRoots;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.RecordBatch;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a file in this process, at least once: all sinks that write to the file share
 * it. Other processes may write to the same file; each batch is written under the file's lock.
 *
 * <p>Fields are guarded by {@code turn}. Forcing happens outside of it, so that others go on
 * writing meanwhile, and under {@code forcing}, which is only ever taken after {@code turn}.
 */
final class SharedFile implements FileWriter {
  private static final Logger log = LoggerFactory.getLogger(SharedFile.class);
  private static final long LONGEST_TURN_SECONDS = 30;

  private final Disk disk;
  private final Roots roots;
  private final Naming naming;
  private final InstantSource clock;
  private final Compressor compressor;
  private final ReentrantLock turn = new ReentrantLock();
  private final ReentrantLock forcing = new ReentrantLock();
  private @Nullable DataFile open;
  private @Nullable FileLock heldWhileTorn;
  private Path openedAs = Path.of("");
  private Instant lastWrite = Instant.MIN;

  /** Read by whoever forces, without a turn. */
  private final AtomicLong written = new AtomicLong();

  /** Guarded by {@code forcing}. */
  private long forced;

  private long losses;
  private String lastLoss = "";

  /** A writer that opens its file when it is first used. */
  SharedFile(Disk disk, Roots roots, Naming naming, InstantSource clock, Compressor compressor) {
    this.disk = disk;
    this.roots = roots;
    this.naming = naming;
    this.clock = clock;
    this.compressor = compressor;
  }

  /** Appends a batch. */
  Outcome append(RecordBatch batch, Writing writing, Unflushed unflushed) {
    if (!takeTurn()) {
      return Outcome.stopped(0, busy());
    }
    try {
      var now = clock.instant();
      var file = current(now, writing);
      if (writing.rotation().isDue(file.length(), batch.sizeInBytes(), lastWrite, now)) {
        rotate(file, now);
        file = current(now, writing);
      }
      return unflushed.isLost(losses)
          ? Outcome.stopped(0, new Cause.Transient(lastLoss))
          : append(file, batch, writing.format(), unflushed, now);
    } catch (IOException e) {
      return Outcome.stopped(0, unwritable(e));
    } catch (OutsideRoots e) {
      return Outcome.stopped(0, forbidden(e));
    } finally {
      turn.unlock();
    }
  }

  private Outcome append(
      DataFile file, RecordBatch batch, LineFormat format, Unflushed unflushed, Instant now)
      throws IOException {
    var lock = lock(file);
    var appended = file.append(batch, 0, format);
    if (!file.isTorn()) {
      heldWhileTorn = null;
      lock.release();
    }
    if (appended.records() > 0) {
      unflushed.add(losses);
      written.addAndGet(appended.bytes());
      lastWrite = now;
    }
    var failure = appended.failure();
    return failure == null
        ? Outcome.DELIVERED
        : Outcome.stopped(appended.records(), unwritable(failure));
  }

  /** Makes what the sink wrote survive a crash of the machine. */
  Optional<Cause> flush(Unflushed unflushed, Writing writing) {
    if (!unflushed.any()) {
      return Optional.empty();
    }
    var trouble = makeSafe(unflushed, writing);
    unflushed.clear(); // Either it is safe, or it comes again.
    return trouble;
  }

  private Optional<Cause> makeSafe(Unflushed unflushed, Writing writing) {
    if (!takeTurn()) {
      return Optional.of(busy());
    }
    DataFile file;
    long target;
    try {
      file = current(clock.instant(), writing);
      if (unflushed.isLost(losses)) {
        return Optional.of(new Cause.Transient(lastLoss));
      }
      target = written.get();
    } catch (IOException e) {
      return Optional.of(unwritable(e));
    } catch (OutsideRoots e) {
      return Optional.of(forbidden(e));
    } finally {
      turn.unlock();
    }
    return switch (writing.fsync()) {
      case COMMIT -> force(file, target);
      case NEVER -> Optional.empty();
    };
  }

  private Optional<Cause> force(DataFile file, long target) {
    forcing.lock();
    try {
      if (forced < target) {
        long before = written.get();
        file.force();
        forced = before;
      }
      return Optional.empty();
    } catch (IOException e) {
      file.doubt();
      return Optional.of(unwritable(e));
    } finally {
      forcing.unlock();
    }
  }

  /** The file that is to be written now. */
  private DataFile current(Instant now, Writing writing) throws IOException, OutsideRoots {
    var wanted = naming.at(now);
    var file = open;
    if (file != null) {
      if (file.isDoubted()) {
        lose(file, "could not be forced to disk, so its last lines may not be there");
      } else if (!file.isAtItsPath()) {
        if (file.wasRenamed()) {
          complete(file);
        } else {
          lose(file, "was removed or replaced while it was written");
        }
      } else if (!openedAs.equals(wanted)) {
        complete(file);
      }
    }
    file = open;
    return file == null ? open(wanted, writing) : file;
  }

  private DataFile open(Path wanted, Writing writing) throws IOException, OutsideRoots {
    var file = DataFile.open(disk, roots.locate(wanted.toString()));
    open = file;
    openedAs = wanted;
    TornLine.cutFrom(file);
    lastWrite = file.lastModified();
    if (writing.gzip()) {
      compressor.sweepSoon(naming, file.location());
    }
    return file;
  }

  /** Gives the file its last name. */
  private void rotate(DataFile file, Instant now) throws IOException {
    lock(file);
    file.settle();
    // Another process may have been faster.
    if (file.isAtItsPath()) {
      var path = file.location().path();
      disk.rename(path, Naming.finished(path, now));
      disk.forceFolder(file.location().folder());
    }
    complete(file);
  }

  /** The file's lock. One that is left over from a torn line is still held. */
  private FileLock lock(DataFile file) throws IOException {
    var lock = heldWhileTorn == null ? file.lock() : heldWhileTorn;
    heldWhileTorn = lock;
    return lock;
  }

  /** Nothing more is written to the file: what is in it is made safe, and it is closed. */
  private void complete(DataFile file) throws IOException {
    file.settle();
    forcing.lock();
    try {
      if (forced < written.get()) {
        file.force();
        forced = written.get();
      }
    } catch (IOException e) {
      file.doubt();
      throw e;
    } finally {
      forcing.unlock();
    }
    letGo(file);
  }

  /** Lets go of a file; whoever wrote to it since the last flush writes that again. */
  private void lose(DataFile file, String why) {
    losses++;
    lastLoss = file.location().path() + " " + why + "; they come again";
    log.warn("{}", lastLoss);
    letGo(file);
  }

  private void letGo(DataFile file) {
    open = null;
    heldWhileTorn = null;
    forcing.lock();
    try {
      file.close();
    } catch (IOException e) {
      log.warn("{}", Reasons.of(file.location().path(), e));
    } finally {
      forcing.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      if (open != null) {
        letGo(open);
      }
    } finally {
      turn.unlock();
    }
  }

  private boolean takeTurn() {
    try {
      return turn.tryLock(LONGEST_TURN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Cause busy() {
    return new Cause.Transient(
        naming.series()
            + ": another partition has been writing for "
            + LONGEST_TURN_SECONDS
            + " s");
  }

  private Cause unwritable(IOException failure) {
    return new Cause.Transient(Reasons.of(naming.series(), failure));
  }

  private Cause forbidden(OutsideRoots refusal) {
    return new Cause.Fatal(naming.series() + " " + refusal.sentence());
  }
}
