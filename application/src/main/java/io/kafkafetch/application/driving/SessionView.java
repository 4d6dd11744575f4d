package io.kafkafetch.application.driving;

import java.util.List;
import java.util.Map;

/**
 * A session as its client sees it after it subscribed or took partitions by hand.
 *
 * @param assignment the partitions that it reads, by topic, all topics included
 * @param nextToken what the first poll may carry, so that it can be repeated
 */
public record SessionView(
    String id,
    String group,
    List<String> topics,
    Map<String, List<Integer>> assignment,
    String nextToken) {}
