package io.kafkafetch.benchmarks.run;

/**
 * What one round came to.
 *
 * @param value the figure, in the contestant's unit
 * @param cpuSeconds what its process used meanwhile
 * @param peakBytes the most memory that was resident meanwhile; 0 where the system does not say
 */
public record Measure(double value, double cpuSeconds, long peakBytes) {}
