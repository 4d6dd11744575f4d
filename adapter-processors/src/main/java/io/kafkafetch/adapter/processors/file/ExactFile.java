package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.OutsideRoots;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.RecordBatch;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a series of files, exactly once: lines count when a watermark covers them, and
 * the watermark says at the same time how far each partition got. Everything is done in {@code
 * turn}, so that a watermark agrees with all that is in the file.
 */
final class ExactFile implements FileWriter {
  private static final Logger log = LoggerFactory.getLogger(ExactFile.class);
  private static final long LONGEST_TURN_SECONDS = 30;

  private final String owner;
  private final Naming naming;
  private final InstantSource clock;
  private final Compressor compressor;
  private final ReentrantLock turn = new ReentrantLock();
  private final Ledger ledger = new Ledger();
  private final MarkedFile file;
  private String lastLoss = "";

  /** A writer that opens its file when it is first used. */
  ExactFile(
      String owner, Disk disk, Roots roots, Naming naming, InstantSource clock, Compressor gzip) {
    this.owner = owner;
    this.naming = naming;
    this.clock = clock;
    this.compressor = gzip;
    this.file = new MarkedFile(disk, roots, naming, ledger);
  }

  String owner() {
    return owner;
  }

  /** Work on the file, in turn. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException, OutsideRoots;
  }

  /** How work ended, in the caller's terms. */
  private interface Ending<T> {
    T because(Cause cause);
  }

  private <T> T inTurn(Work<T> work, Ending<T> ending) {
    if (!takeTurn()) {
      return ending.because(
          new Cause.Transient(
              naming.series()
                  + ": another partition has been writing for "
                  + LONGEST_TURN_SECONDS
                  + " s"));
    }
    try {
      return work.run();
    } catch (MarkedFile.LinesLost e) {
      lastLoss = e.sentence();
      log.warn("{}", lastLoss);
      return ending.because(new Cause.Transient(lastLoss));
    } catch (IOException e) {
      return ending.because(new Cause.Transient(Reasons.of(naming.series(), e)));
    } catch (OutsideRoots e) {
      return ending.because(new Cause.Fatal(naming.series() + " " + e.sentence()));
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

  /** What came of asking for a partition. */
  sealed interface Claim {
    record Taken(PartitionProgress progress) implements Claim {}

    record Refused(Cause cause) implements Claim {}
  }

  /** Reads how far a partition got, and takes it. */
  Claim claim(ProgressKey key, Writing writing) {
    return inTurn(
        () -> {
          file.ready(clock.instant());
          var progress = ledger.of(key);
          if (progress.isOpen()) {
            return new Claim.Refused(
                new Cause.Transient(
                    naming.series() + ": partition " + key.partition() + " is still being let go"));
          }
          if (progress.isUnsaved()) {
            file.save(); // What it left in the file is remembered before it is asked for.
          }
          progress.open();
          sweep(writing);
          return new Claim.Taken(progress);
        },
        Claim.Refused::new);
  }

  /** Appends what of a batch is not in the file. */
  Outcome append(PartitionProgress progress, RecordBatch batch, Writing writing) {
    return inTurn(
        () -> {
          file.ready(clock.instant());
          if (progress.isRewound()) {
            return Outcome.stopped(0, new Cause.Transient(lastLoss));
          }
          int from = batch.indexOf(progress.next());
          if (from < batch.size()) {
            makeWay(batch, writing);
            return append(progress, batch, from, writing);
          }
          progress.skipTo(batch.nextOffset());
          return Outcome.DELIVERED;
        },
        cause -> Outcome.stopped(0, cause));
  }

  private Outcome append(PartitionProgress progress, RecordBatch batch, int from, Writing writing)
      throws IOException, OutsideRoots {
    var appended = file.append(batch, from, writing.format(), clock.instant());
    int end = from + appended.records();
    if (end > from) {
      progress.written(end == batch.size() ? batch.nextOffset() : batch.offset(end));
    }
    var failure = appended.failure();
    return failure == null
        ? Outcome.DELIVERED
        : Outcome.stopped(end, new Cause.Transient(Reasons.of(naming.series(), failure)));
  }

  /** Appends records again that the watermark may well cover. */
  Outcome appendAgain(RecordBatch batch, Writing writing) {
    return inTurn(
        () -> {
          file.ready(clock.instant());
          makeWay(batch, writing);
          var appended = file.append(batch, 0, writing.format(), clock.instant());
          var failure = appended.failure();
          if (failure == null) {
            file.save(); // No progress says that they are there, so they must not be cut off.
            return Outcome.DELIVERED;
          }
          return Outcome.stopped(
              appended.records(), new Cause.Transient(Reasons.of(naming.series(), failure)));
        },
        cause -> Outcome.stopped(0, cause));
  }

  private void makeWay(RecordBatch batch, Writing writing) throws IOException, OutsideRoots {
    if (file.makeWay(batch.sizeInBytes(), writing.rotation(), clock.instant())) {
      sweep(writing);
    }
  }

  private void sweep(Writing writing) throws IOException, OutsideRoots {
    if (writing.gzip()) {
      compressor.sweepSoon(naming, file.location());
    }
  }

  /** Makes what a partition wrote survive a crash, and all that others wrote with it. */
  Optional<Cause> flush(PartitionProgress progress) {
    return inTurn(
        () -> {
          if (!progress.isUnsaved() && !progress.isRewound()) {
            return Optional.empty();
          }
          if (progress.isRewound()) {
            return Optional.of(new Cause.Transient(lastLoss));
          }
          file.ready(clock.instant());
          if (progress.isRewound()) {
            return Optional.of(new Cause.Transient(lastLoss));
          }
          file.save();
          return Optional.empty();
        },
        Optional::of);
  }

  /** Asks a partition's progress, in turn. */
  <T> T reading(Supplier<T> question) {
    turn.lock();
    try {
      return question.get();
    } finally {
      turn.unlock();
    }
  }

  /** Changes a partition's progress, in turn. */
  void changing(Runnable change) {
    turn.lock();
    try {
      change.run();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      file.close();
    } finally {
      turn.unlock();
    }
  }
}
