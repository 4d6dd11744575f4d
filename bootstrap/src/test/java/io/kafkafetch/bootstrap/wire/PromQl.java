package io.kafkafetch.bootstrap.wire;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which metrics a query asks for, and by which labels: as much of PromQL as our dashboard and our
 * alert rules use.
 */
final class PromQl {
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((.*),\\s*([a-z_]+)\\)");
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\(|\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]+)\\s*(?:=~|!~|!=|=)\\s*\"");
  private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

  private PromQl() {}

  /** The labels by which each metric is chosen, and those by which the answer is grouped. */
  static Map<String, Set<String>> metrics(String query) {
    var values = LABEL_VALUES.matcher(query);
    if (values.matches()) {
      var metrics = metrics(values.group(1));
      metrics.values().forEach(labels -> labels.add(values.group(2)));
      return metrics;
    }
    var grouping = new HashSet<String>();
    var matcher = GROUPING.matcher(query);
    while (matcher.find()) {
      for (var label : matcher.group(1).split(",", -1)) {
        grouping.add(label.strip());
      }
    }
    var metrics = new HashMap<String, Set<String>>();
    var selectors =
        SELECTOR.matcher(GROUPING.matcher(query).replaceAll(" ").replaceAll("\\[[^]]*]", " "));
    while (selectors.find()) {
      boolean function = "(".equals(selectors.group(2));
      boolean aggregation = isAggregation(selectors.group(1));
      if (!function && !aggregation && !KEYWORDS.contains(selectors.group(1))) {
        var labels = metrics.computeIfAbsent(selectors.group(1), _ -> new HashSet<>(grouping));
        if (selectors.group(3) != null) {
          MATCHER.matcher(selectors.group(3)).results().forEach(m -> labels.add(m.group(1)));
        }
      }
    }
    return metrics;
  }

  /** Those that stand before a grouping, which was cut out together with its parenthesis. */
  private static boolean isAggregation(String word) {
    return Set.of("sum", "max", "min", "count", "avg").contains(word);
  }
}
