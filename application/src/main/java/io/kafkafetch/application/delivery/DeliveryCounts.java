package io.kafkafetch.application.delivery;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What all deliveries of this server have counted, whichever consumers they were for. */
public final class DeliveryCounts {
  private final LatencyHistogram batches = new LatencyHistogram();

  /** As many as there are types of processors; looked up when one is opened, not while it works. */
  private final Map<String, SinkCounts> sinks = new ConcurrentHashMap<>();

  DeliveryCounts() {}

  SinkCounts of(String processorType) {
    return sinks.computeIfAbsent(processorType, _ -> new SinkCounts());
  }

  /** How long it took from handing a batch over until every processor had it. */
  public LatencyHistogram batches() {
    return batches;
  }

  /** What was counted, by type of processor. */
  public SortedMap<String, SinkCounts> sinks() {
    return new TreeMap<>(sinks);
  }
}
