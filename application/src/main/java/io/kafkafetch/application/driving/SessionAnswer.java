package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.RecordBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a poll brought. It holds memory that others wait for: close it when it was written.
 *
 * @param batches the records in the order of the answer; none when the time was over
 * @param bytes of keys and values together
 * @param positions where each assigned partition goes on
 * @param assignment the assigned partitions by topic, when they are not those that were told last
 * @param gaps what was deleted before it was read, since the last answer
 * @param nextToken acknowledges this answer when the next poll carries it
 */
public record SessionAnswer(
    List<RecordBatch> batches,
    long bytes,
    Map<PartitionId, Long> positions,
    Optional<Map<String, List<Integer>>> assignment,
    List<Gap> gaps,
    String nextToken,
    Runnable release)
    implements AutoCloseable {
  /** How many records. */
  public int size() {
    int size = 0;
    for (var batch : batches) {
      size += batch.size();
    }
    return size;
  }

  @Override
  public void close() {
    release.run();
  }
}
