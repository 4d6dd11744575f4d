package io.kafkafetch.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a command into a session of its own ({@code setsid}). Both ways replace themselves by the
 * command, so the process id stays that of the child.
 */
final class OwnSession {
  private static final Logger LOG = LoggerFactory.getLogger(OwnSession.class);
  private static final Optional<List<String>> PREFIX = setsid().or(OwnSession::perl);

  private OwnSession() {}

  static List<String> command(List<String> command) {
    if (PREFIX.isEmpty()) {
      LOG.warn("Neither setsid nor perl is installed: Ctrl-C will reach embedded servers directly");
    }
    var whole = new ArrayList<>(PREFIX.orElse(List.of()));
    whole.addAll(command);
    return whole;
  }

  private static Optional<List<String>> setsid() {
    return program("setsid").map(path -> List.of(path.toString()));
  }

  /** What macOS has in place of setsid. */
  private static Optional<List<String>> perl() {
    return program("perl")
        .map(path ->
            List.of(path.toString(), "-MPOSIX", "-e", "POSIX::setsid(); exec {$ARGV[0]} @ARGV"));
  }

  /** The program in one of the system's own folders; the user's PATH has no say here. */
  static Optional<Path> program(String name) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
