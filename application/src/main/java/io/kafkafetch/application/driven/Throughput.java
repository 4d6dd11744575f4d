package io.kafkafetch.application.driven;

/** How much a run has consumed of late: over the last minute, or since it is there. */
public record Throughput(double recordsPerSecond, double bytesPerSecond) {
  /** Nothing at all. */
  public static final Throughput NONE = new Throughput(0, 0);

  /** Both together. */
  public Throughput plus(Throughput other) {
    return new Throughput(
        recordsPerSecond + other.recordsPerSecond, bytesPerSecond + other.bytesPerSecond);
  }
}
