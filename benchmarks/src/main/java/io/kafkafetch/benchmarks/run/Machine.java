package io.kafkafetch.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What the figures were measured on. */
public final class Machine {
  private Machine() {}

  /** A line each: date, processor, memory, system, Java. */
  public static List<String> description() {
    return List.of(
        "measured " + LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors()
            + " cores, "
            + value("/proc/cpuinfo", "model name"),
        "memory " + value("/proc/meminfo", "MemTotal"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        "Java " + Runtime.version());
  }

  private static String value(String file, String name) {
    var path = Path.of(file);
    if (!Files.isReadable(path)) {
      return "unknown";
    }
    try (var lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown (" + e.getMessage() + ")";
    }
  }
}
