package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real disk on which one step goes wrong. It knows how much of each file was forced, so that a
 * loss of power can take away the rest; nothing is really forced, which makes it fast.
 */
final class FaultyDisk implements Disk {
  /** What goes wrong. */
  enum Fault {
    /** The process ends before the step. */
    CRASH_BEFORE,
    /** The process ends in the middle of the step, where it has a middle, else after it. */
    CRASH_WITHIN,
    /** The machine ends before the step: whatever was not forced is gone. */
    POWER_LOSS,
    /** The process really ends, before the step. */
    HALT,
    /** The step fails, half done where it has a middle; later ones go well. */
    FAILURE,
    /** This and the next ten steps fail, as on a full disk that is cleaned up later. */
    FAILURES
  }

  private static final int MANY = 10;

  private final Fault fault;
  private final int at;
  private final List<Tracked> files = new ArrayList<>();
  private int steps;

  private static final class Tracked {
    private final FileChannel channel;
    private Path path;
    private long forced;

    private Tracked(FileChannel channel, Path path, long forced) {
      this.channel = channel;
      this.path = path;
      this.forced = forced;
    }
  }

  private FaultyDisk(Fault fault, int at) {
    this.fault = fault;
    this.at = at;
  }

  static FaultyDisk faultless() {
    return new FaultyDisk(Fault.CRASH_BEFORE, -1);
  }

  static FaultyDisk with(Fault fault, int at) {
    return new FaultyDisk(fault, at);
  }

  /** How many steps were taken. */
  int steps() {
    return steps;
  }

  /** A step of the real disk. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void step(Step half, Step whole) throws IOException {
    int step = steps++;
    boolean now = at >= 0 && step == at;
    boolean after = at >= 0 && step > at;
    switch (fault) {
      case HALT -> {
        if (now) {
          Runtime.getRuntime().halt(42);
        }
      }
      case CRASH_BEFORE -> {
        if (now || after) {
          throw new Crash(step);
        }
      }
      case CRASH_WITHIN -> {
        if (now) {
          half.run();
        }
        if (now || after) {
          throw new Crash(step);
        }
      }
      case POWER_LOSS -> {
        if (now) {
          loseWhatWasNotForced();
        }
        if (now || after) {
          throw new Crash(step);
        }
      }
      case FAILURE -> fail(now, half);
      case FAILURES -> fail(now || (after && step <= at + MANY), half);
    }
    whole.run();
  }

  private static void fail(boolean fails, Step half) throws IOException {
    if (fails) {
      half.run();
      throw new IOException("No space left on device");
    }
  }

  private void loseWhatWasNotForced() throws IOException {
    for (var file : files) {
      if (Files.exists(file.path)) {
        try (var channel = FileChannel.open(file.path, StandardOpenOption.WRITE)) {
          channel.truncate(file.forced);
        }
      }
    }
  }

  private @Nullable Tracked tracked(FileChannel channel) {
    return files.stream().filter(file -> file.channel.equals(channel)).findFirst().orElse(null);
  }

  @Override
  public FileChannel openToAppend(Location location) throws IOException {
    return open(() -> REAL.openToAppend(location), location);
  }

  @Override
  public FileChannel openEmpty(Location location) throws IOException {
    return open(() -> REAL.openEmpty(location), location);
  }

  /** Opens a file for real. */
  @FunctionalInterface
  private interface Open {
    FileChannel run() throws IOException;
  }

  private FileChannel open(Open open, Location location) throws IOException {
    var opened = new ArrayList<FileChannel>();
    step(() -> open.run().close(), () -> opened.add(open.run()));
    var channel = opened.getFirst();
    // The same file may have been open before: then what was forced stays forced.
    long forced =
        files.stream()
            .filter(file -> file.path.equals(location.path()))
            .mapToLong(file -> file.forced)
            .findFirst()
            .orElse(channel.size()); // What was there before is on disk.
    files.removeIf(file -> file.path.equals(location.path()));
    files.add(new Tracked(channel, location.path(), Math.min(forced, channel.size())));
    return channel;
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes) throws IOException {
    step(
        () -> REAL.write(file, bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2)),
        () -> REAL.write(file, bytes));
  }

  @Override
  public void force(FileChannel file) throws IOException {
    step(
        () -> {},
        () -> {
          var tracked = tracked(file);
          if (tracked != null) {
            tracked.forced = file.size();
          }
        });
  }

  @Override
  public void truncate(FileChannel file, long length) throws IOException {
    step(
        () -> {},
        () -> {
          REAL.truncate(file, length);
          var tracked = tracked(file);
          if (tracked != null) {
            tracked.forced = Math.min(tracked.forced, length);
          }
        });
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Step rename =
        () -> {
          REAL.rename(from, to);
          files.removeIf(file -> file.path.equals(to));
          files.stream().filter(file -> file.path.equals(from)).forEach(file -> file.path = to);
        };
    step(fault == Fault.FAILURE || fault == Fault.FAILURES ? () -> {} : rename, rename);
  }

  @Override
  public void delete(Path file) throws IOException {
    step(() -> {}, () -> REAL.delete(file));
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    step(() -> {}, () -> {});
  }
}
