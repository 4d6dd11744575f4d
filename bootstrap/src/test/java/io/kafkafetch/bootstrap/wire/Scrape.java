package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What {@code /metrics} answered, read as Prometheus reads it. */
final class Scrape {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  /** Families by name, with their type. */
  final Map<String, String> types = new HashMap<>();

  final List<Sample> samples = new ArrayList<>();

  record Sample(String name, Map<String, String> labels, double value) {}

  private Scrape() {}

  static Scrape of(WiredServer server) {
    var answer = server.get("/metrics");
    assertEquals(200, answer.status(), answer.body());
    assertTrue(answer.header("content-type").startsWith("text/plain; version=0.0.4"));
    return parse(answer.body());
  }

  static Scrape parse(String text) {
    var scrape = new Scrape();
    for (var line : text.split("\n", -1)) {
      if (line.startsWith("# TYPE ")) {
        var words = line.split(" ", 4);
        assertEquals(null, scrape.types.put(words[2], words[3]), words[2] + " is there twice");
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        scrape.read(line);
      }
    }
    return scrape;
  }

  private void read(String line) {
    var matcher = SAMPLE.matcher(line);
    assertTrue(matcher.matches(), line);
    var labels = new HashMap<String, String>();
    var found = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
    while (found.find()) {
      labels.put(found.group(1), found.group(2));
    }
    samples.add(
        new Sample(
            matcher.group(1),
            labels,
            Double.parseDouble(matcher.group(3).replace("Inf", "Infinity"))));
  }

  Set<String> names() {
    var names = new HashSet<String>();
    samples.forEach(sample -> names.add(sample.name()));
    return names;
  }

  /** Every label that some sample of that name has. */
  Set<String> labelsOf(String name) {
    var labels = new HashSet<String>();
    samples.stream()
        .filter(sample -> sample.name().equals(name))
        .forEach(sample -> labels.addAll(sample.labels().keySet()));
    return labels;
  }

  /** The sum over all samples of that name with these labels; fails when there is none. */
  double value(String name, Map<String, String> labels) {
    var matching =
        samples.stream()
            .filter(sample -> sample.name().equals(name))
            .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
            .toList();
    assertTrue(!matching.isEmpty(), name + labels + " is not there");
    return matching.stream().mapToDouble(Sample::value).sum();
  }
}
