package io.kafkafetch.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every round of every contestant as CSV, with what it was measured on before it. */
public final class RawResults {
  private static final String HEAD = "who,as,unit,round,value,cpu_seconds,peak_bytes";

  private RawResults() {}

  /** Writes a report; the file is replaced. */
  public static void write(Path folder, Report report, List<String> machine) throws IOException {
    Files.createDirectories(folder);
    var lines = new ArrayList<String>();
    machine.forEach(line -> lines.add("# " + line));
    report.settings().forEach(line -> lines.add("# " + line));
    lines.add(HEAD);
    for (var series : report.series()) {
      for (int round = 0; round < series.measures().size(); round++) {
        var measure = series.measures().get(round);
        lines.add(
            String.format(
                Locale.ROOT,
                "%s,%s,%s,%d,%.4f,%.2f,%d",
                series.name().replace(',', ';'),
                series.role(),
                series.unit(),
                round + 1,
                measure.value(),
                measure.cpuSeconds(),
                measure.peakBytes()));
      }
    }
    Files.write(folder.resolve(report.question() + ".csv"), lines);
  }

  /** Reads what was written, in the order in which it was. */
  public static List<Series> read(Path file) throws IOException {
    Map<List<String>, List<Measure>> found = new LinkedHashMap<>();
    for (var line : Files.readAllLines(file)) {
      if (line.startsWith("#") || line.equals(HEAD)) {
        continue;
      }
      var cells = Arrays.asList(line.split(",", -1));
      if (cells.size() != 7) {
        throw new IOException("Not a line of results: " + line);
      }
      found
          .computeIfAbsent(cells.subList(0, 3), _ -> new ArrayList<>())
          .add(
              new Measure(
                  Double.parseDouble(cells.get(4)),
                  Double.parseDouble(cells.get(5)),
                  Long.parseLong(cells.get(6))));
    }
    return found.entrySet().stream()
        .map(entry -> series(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Series series(List<String> who, List<Measure> measures) {
    return new Series(who.get(0), Role.valueOf(who.get(1)), who.get(2), List.copyOf(measures));
  }
}
