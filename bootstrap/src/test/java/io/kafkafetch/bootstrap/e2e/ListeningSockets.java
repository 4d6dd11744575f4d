package io.kafkafetch.bootstrap.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Where processes listen, as Linux tells it in {@code /proc/net/tcp} (proc_net_tcp.txt). */
final class ListeningSockets {
  private static final String LISTEN = "0A";

  /** 127.0.0.1, the same written as IPv6, and ::1. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

  private ListeningSockets() {}

  /** All of them, {@code address:port} in hexadecimal. */
  static Set<String> of(Set<ProcessHandle> processes) throws IOException {
    var sockets = new HashSet<String>();
    for (var process : processes) {
      sockets.addAll(sockets(process.pid()));
    }
    var found = new HashSet<String>();
    for (var table : new String[] {"tcp", "tcp6"}) {
      for (var line : Files.readAllLines(Path.of("/proc/net", table))) {
        var fields = line.strip().split("\\s+", -1);
        if (fields[3].equals(LISTEN) && sockets.contains(fields[9])) {
          found.add(fields[1]);
        }
      }
    }
    return found;
  }

  static boolean isLoopback(String address) {
    return LOOPBACK.contains(address.substring(0, address.indexOf(':')));
  }

  private static Set<String> sockets(long pid) throws IOException {
    try (var open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.map(ListeningSockets::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring("socket:[".length(), target.length() - 1))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }
}
