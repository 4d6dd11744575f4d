package io.kafkafetch.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as two tables in Markdown: who reached what, and how that compares. */
public final class Table {
  private Table() {}

  /** The text. */
  public static String of(Report report) {
    var text = new StringBuilder("\n## ").append(report.question()).append("\n\n");
    report.settings().forEach(line -> text.append(line).append('\n'));
    append(text.append('\n'), reached(report));
    append(text.append('\n'), compared(report));
    return text.append('\n').toString();
  }

  private static List<List<String>> reached(Report report) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("who", "as", "median", "unit", "spread", "CPU s", "peak MiB"));
    for (var series : report.series()) {
      rows.add(
          List.of(
              series.name(),
              series.role().name().toLowerCase(Locale.ROOT),
              Figures.of(series.median()),
              series.unit(),
              Figures.percent(series.spread()),
              Figures.seconds(series.cpuSeconds()),
              Figures.mebibytes(series.peakBytes())));
    }
    return rows;
  }

  private static List<List<String>> compared(Report report) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("ours", "beside", "is", "bar", "reached"));
    for (var comparison : report.comparisons()) {
      var ours = report.find(comparison.ours()).median();
      var other = report.find(comparison.other()).median();
      double value = comparison.value(ours, other);
      rows.add(
          List.of(
              comparison.ours(),
              comparison.ours().equals(comparison.other()) ? "itself" : comparison.other(),
              Figures.of(value) + " " + comparison.kind().sign(),
              comparison.kind().relation() + " " + Figures.of(comparison.bar()),
              comparison.isMet(value) ? "yes" : "no"));
    }
    return rows;
  }

  private static void append(StringBuilder text, List<List<String>> rows) {
    int columns = rows.getFirst().size();
    var widths = new int[columns];
    for (var row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      line(text, rows.get(i), widths);
      if (i == 0) {
        line(text, java.util.Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
      }
    }
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths) {
    text.append('|');
    for (int i = 0; i < cells.size(); i++) {
      var cell = cells.get(i);
      text.append(' ').append(cell).append(" ".repeat(widths[i] - cell.length())).append(" |");
    }
    text.append('\n');
  }
}
