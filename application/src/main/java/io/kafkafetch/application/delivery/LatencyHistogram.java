package io.kafkafetch.application.delivery;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long something took, counted in fixed buckets: recording costs two additions and is done once
 * per batch. Safe for any thread; who reads meanwhile may see a time that is not in the sum yet.
 */
public final class LatencyHistogram {
  /** From a file on a fast disk to an endpoint that is nearly given up. */
  private static final List<Double> BOUNDS =
      List.of(
          0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
          30.0, 60.0);

  private static final long[] BOUNDS_NANOS =
      BOUNDS.stream().mapToLong(seconds -> Math.round(seconds * 1e9)).toArray();

  private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1];
  private final LongAdder nanos = new LongAdder();

  LatencyHistogram() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  void record(long took) {
    int bucket = 0;
    while (bucket < BOUNDS_NANOS.length && took > BOUNDS_NANOS[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
    nanos.add(took);
  }

  /** The longest time of each bucket but the last, which takes everything above, in seconds. */
  public static List<Double> bounds() {
    return BOUNDS;
  }

  /** How many are in each bucket. */
  public List<Long> counts() {
    return Arrays.stream(buckets).map(LongAdder::sum).toList();
  }

  /** All times together, in seconds. */
  public double seconds() {
    return (double) nanos.sum() / TimeUnit.SECONDS.toNanos(1);
  }
}
