package io.kafkafetch.adapter.http;

import java.time.Duration;

/**
 * What keeps many, slow or hostile callers from hurting the server. All are more than zero.
 *
 * @param connections open at once; beyond them new ones wait to be accepted
 * @param requests in progress at once, waiting polls included; beyond them 503
 * @param bodyMemory bytes of request bodies held in memory at once, over all requests; beyond them
 *     503
 * @param idle a connection or a body that is silent for so long is given up
 * @param bodyGrace how long a body may take before its rate counts
 * @param bodyRate bytes per second that a body must reach after that
 * @param drainBytes how much of an unwanted body is read away so that its sender sees the answer
 * @param drainTime how long that may take
 * @param stop how long requests in progress may take to end when the server stops
 */
public record HttpLimits(
    int connections,
    int requests,
    long bodyMemory,
    Duration idle,
    Duration bodyGrace,
    int bodyRate,
    long drainBytes,
    Duration drainTime,
    Duration stop) {
  private static final long MIB = 1L << 20;

  /** Room for 10,000 waiting sessions; an eighth of the heap, at least 48 MiB, for bodies. */
  public static HttpLimits defaults() {
    return new HttpLimits(
        12_000,
        11_000,
        Math.max(48 * MIB, Runtime.getRuntime().maxMemory() / 8),
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        4_096,
        64 * MIB,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5));
  }
}
