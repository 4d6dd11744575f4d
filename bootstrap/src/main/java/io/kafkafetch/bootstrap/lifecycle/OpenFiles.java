package io.kafkafetch.bootstrap.lifecycle;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the limit on open files ({@code ulimit -n}) leaves room for. A process that has reached it
 * accepts no connection and reaches neither Kafka nor the database, so that its sessions must not
 * take it all.
 */
public final class OpenFiles {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

  /** Three connections to a broker at most, a selector with two files, its caller's connection. */
  private static final int OF_A_SESSION = 6;

  /** For everything else: managed consumers, the database, other callers, jars. */
  private static final int RESERVED = 2_000;

  private OpenFiles() {}

  /** So many sessions, or as many as there is room for. */
  public static int sessions(int wanted) {
    int possible = possible(wanted, limit());
    if (possible < wanted) {
      LOG.warn(
          "The limit on open files leaves room for {} sessions instead of {}; raise it (ulimit -n"
              + " {})",
          possible,
          wanted,
          RESERVED + (long) wanted * OF_A_SESSION);
    }
    return possible;
  }

  static int possible(int wanted, OptionalLong limit) {
    if (limit.isEmpty()) {
      return wanted;
    }
    long room = (limit.getAsLong() - RESERVED) / OF_A_SESSION;
    // Where even the reserve is not there, a few sessions are still better than none.
    return (int) Math.min(wanted, Math.max(room, limit.getAsLong() / (2 * OF_A_SESSION)));
  }

  private static OptionalLong limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? OptionalLong.of(unix.getMaxFileDescriptorCount())
        : OptionalLong.empty();
  }
}
