package io.kafkafetch.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on 127.0.0.1: which are free, and which one a data folder keeps. */
final class LoopbackPort {
  static final String HOST = "127.0.0.1";

  /**
   * Below the range from which systems take ports for outgoing connections (32768 and up), so that
   * a port stays free while its server restarts.
   */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;
  private static final int TRIES = 500;
  private static final int NEXT_PORTS = 200;

  private LoopbackPort() {}

  static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static int anyFree() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedException("No free port between " + FIRST + " and " + LAST);
  }

  /** The preferred port, or the next free one; any free one when 0 is preferred. */
  static int freeFrom(int preferred) {
    if (preferred == 0) {
      return anyFree();
    }
    int last = Math.min(preferred + NEXT_PORTS, 65_535);
    for (int port = preferred; port <= last; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedException("No free port between " + preferred + " and " + last);
  }

  /**
   * The port that {@code file} keeps, or a new choice when the file does not exist.
   *
   * @throws EmbeddedException if the kept port is taken: others know it, so no other will do
   */
  static int keptOrFreeFrom(Path file, int preferred, String server) {
    if (!Files.exists(file)) {
      return freeFrom(preferred);
    }
    int port = read(file);
    if (!isFree(port)) {
      throw new EmbeddedException(
          "Port %d, which %s keeps in %s, is taken by another process: end that process, or delete the file to choose another port"
              .formatted(port, server, file));
    }
    return port;
  }

  static void keep(Path file, int port) {
    var aside = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(aside, port + "\n");
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static int read(Path file) {
    try {
      int port = Integer.parseInt(Files.readString(file).strip());
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (IOException | NumberFormatException e) {
      throw new EmbeddedException(file + " holds no port number (1-65535): " + e.getMessage(), e);
    }
    throw new EmbeddedException(file + " holds no port number (1-65535)");
  }
}
