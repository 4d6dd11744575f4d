package io.kafkafetch.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this machine: packed in this artifact, unpacked once into a cache. */
final class PostgreSqlBinaries {
  private static final int OWNER_EXECUTES = 0100;

  private PostgreSqlBinaries() {}

  /** The installation folder, with {@code bin}, {@code lib} and {@code share}. */
  static Path in(Path cache) {
    var archive = archive();
    return UnpackedFolder.in(
        cache, "postgresql-" + fingerprint(archive), folder -> unpack(archive, folder));
  }

  private static byte[] archive() {
    var name = "/postgresql-binaries/postgres-" + platform() + ".txz";
    try (var in = PostgreSqlBinaries.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new EmbeddedException(
            "This build carries no PostgreSQL for "
                + platform()
                + ": build it on such a machine, or use an external PostgreSQL");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new EmbeddedException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String platform() {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var os = system.startsWith("mac") ? "darwin" : system;
    var arch = System.getProperty("os.arch");
    return os
        + "-"
        + switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> arch;
        };
  }

  private static String fingerprint(byte[] archive) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void unpack(byte[] archive, Path folder) throws IOException {
    try (var xz = new XZInputStream(new ByteArrayInputStream(archive));
        var tar = new TarArchiveInputStream(new BufferedInputStream(xz, 1 << 16))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, folder);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    var target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("Entry outside of the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(target, folder.resolve(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, target);
      var permissions = (entry.getMode() & OWNER_EXECUTES) == 0 ? "rw-r--r--" : "rwxr-xr-x";
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(permissions));
    } else {
      throw new IOException("Neither file, folder nor link: " + entry.getName());
    }
  }
}
