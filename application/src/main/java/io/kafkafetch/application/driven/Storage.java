package io.kafkafetch.application.driven;

/** Everything that is kept, behind one door, so that it can be swapped as a whole. */
public interface Storage extends AutoCloseable {
  /** The managed consumers. */
  Consumers consumers();

  /** What the servers see of them. */
  RunReports reports();

  /** Redrives of dead letters, and what they have dealt with. */
  Redrives redrives();

  /** The living servers. */
  Fleet fleet();

  /** News of changes. */
  Changes changes();

  /** Whether it answers, found out within a bounded time. */
  boolean isReachable();

  @Override
  void close();
}
