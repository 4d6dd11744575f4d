package io.kafkafetch.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws raw results: a bar to each median, a dot for each round, one scale for each unit. */
public final class Plots {
  private static final int LABELS = 330;
  private static final int BARS = 420;
  private static final int WIDTH = LABELS + BARS + 110;
  private static final int ROW = 26;
  private static final int GAP = 34;
  private static final Map<Role, String> COLOURS =
      Map.of(Role.LIMIT, "#9aa5b1", Role.PEER, "#d9822b", Role.OURS, "#2b6cb0");

  private Plots() {}

  /** Draws every file of results in the folder; plots are called as they are. */
  public static void draw(Path results, Path plots) throws IOException {
    Files.createDirectories(plots);
    try (var files = Files.newDirectoryStream(results, "*.csv")) {
      for (var file : files) {
        var name = String.valueOf(file.getFileName()).replace(".csv", "");
        Files.writeString(plots.resolve(name + ".svg"), svg(name, RawResults.read(file)));
      }
    }
  }

  static String svg(String name, List<Series> all) {
    Map<String, List<Series>> units = new LinkedHashMap<>();
    for (var series : all) {
      units.computeIfAbsent(series.unit(), _ -> new java.util.ArrayList<>()).add(series);
    }
    var body = new StringBuilder();
    int y = GAP;
    text(body, 8, y - 12, "start", "bold", name);
    for (var unit : units.entrySet()) {
      text(body, LABELS, y + 8, "start", "normal", unit.getKey());
      y += 18;
      double most =
          unit.getValue().stream()
              .flatMap(series -> series.measures().stream())
              .mapToDouble(Measure::value)
              .max()
              .orElse(1);
      for (var series : unit.getValue()) {
        row(body, series, y, BARS / Math.max(most, 1e-9));
        y += ROW;
      }
      y += GAP / 2;
    }
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            WIDTH,
            y)
        + body
        + "</svg>\n";
  }

  private static void row(StringBuilder body, Series series, int y, double scale) {
    text(body, LABELS - 8, y + 16, "end", "normal", series.name());
    body.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/>%n",
            LABELS,
            y + 4,
            series.median() * scale,
            COLOURS.getOrDefault(series.role(), "black")));
    for (var measure : series.measures()) {
      body.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%d\" r=\"2.5\" fill=\"black\" fill-opacity=\"0.55\"/>%n",
              LABELS + measure.value() * scale,
              y + 12));
    }
    text(body, LABELS + BARS + 12, y + 16, "start", "normal", Figures.of(series.median()));
  }

  private static void text(
      StringBuilder body, int x, int y, String anchor, String weight, String text) {
    var safe = text.replace("&", "&amp;").replace("<", "&lt;");
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            weight,
            safe));
  }
}
