package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * As whom PostgreSQL's programs run: they refuse to run as root. In a user namespace without a
 * mapping root is nobody, yet still owns root's files; where namespaces are forbidden (some
 * containers) the system's user {@code nobody} runs them and owns the data.
 */
sealed interface PostgreSqlUser {
  /** The command that runs {@code command} as this user, in the same process. */
  List<String> command(List<String> command);

  /** Whether this user may run the program where it lies. */
  default boolean canRun(Path program) {
    return true;
  }

  /** Makes a folder usable for this user. */
  void own(Path folder);

  /** The caller himself: no root. */
  record Caller() implements PostgreSqlUser {
    @Override
    public List<String> command(List<String> command) {
      return command;
    }

    @Override
    public void own(Path folder) {}
  }

  /** Root in a user namespace of its own. */
  record Namespace(Path unshare) implements PostgreSqlUser {
    @Override
    public List<String> command(List<String> command) {
      return prefixed(List.of(unshare.toString(), "-U"), command);
    }

    @Override
    public void own(Path folder) {}
  }

  /** The system's user {@code nobody}. */
  record Nobody(Path setpriv) implements PostgreSqlUser {
    private static final String NAME = "nobody";

    @Override
    public List<String> command(List<String> command) {
      return prefixed(
          List.of(setpriv.toString(), "--reuid=" + NAME, "--clear-groups", "--"), command);
    }

    @Override
    public boolean canRun(Path program) {
      return succeeds(command(List.of(program.toString(), "--version")));
    }

    @Override
    public void own(Path folder) {
      try (var paths = Files.walk(folder)) {
        var nobody =
            folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NAME);
        for (var path : paths.toList()) {
          Files.setAttribute(path, "posix:owner", nobody, LinkOption.NOFOLLOW_LINKS);
        }
      } catch (IOException e) {
        throw new EmbeddedException(folder + " cannot be given to " + NAME + ": " + e, e);
      }
    }
  }

  /** The first way that works here. */
  static PostgreSqlUser current() {
    if (!isRoot()) {
      return new Caller();
    }
    var namespace = OwnSession.program("unshare").map(Namespace::new).filter(PostgreSqlUser::works);
    if (namespace.isPresent()) {
      return namespace.get();
    }
    var nobody = OwnSession.program("setpriv").map(Nobody::new).filter(PostgreSqlUser::works);
    return nobody.orElseThrow(() ->
        new EmbeddedException(
            "PostgreSQL refuses to run as root, and neither `unshare -U` nor `setpriv --reuid=nobody` works here: run as another user, or use an external PostgreSQL"));
  }

  private static boolean isRoot() {
    var self = Path.of("/proc/self");
    try {
      return Files.exists(self)
          ? Files.getAttribute(self, "unix:uid").equals(0)
          : "root".equals(System.getProperty("user.name"));
    } catch (IOException e) {
      throw new EmbeddedException(self + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean works(PostgreSqlUser user) {
    var probe = OwnSession.program("true").map(path -> user.command(List.of(path.toString())));
    return probe.isPresent() && succeeds(probe.get());
  }

  private static boolean succeeds(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(5, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("Interrupted while looking for a user for PostgreSQL", e);
    }
  }

  private static List<String> prefixed(List<String> prefix, List<String> command) {
    var whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }
}
