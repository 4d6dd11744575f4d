package org.example.totals;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.SourcePartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** One processor of one member. Its partitions share nothing, so there is nothing to close. */
final class RunningTotals implements Processor {
  private final Path folder;
  private final String sum;
  private final Optional<String> groupBy;

  RunningTotals(Path folder, String sum, Optional<String> groupBy) {
    this.folder = folder;
    this.sum = sum;
    this.groupBy = groupBy;
  }

  @Override
  public Opening open(SourcePartition partition) {
    return open(partition, ".json");
  }

  /** Dead letters come later and beside the rest: they have a file of their own. */
  @Override
  public Opening openToRedeliver(SourcePartition partition) {
    return open(partition, ".redelivered.json");
  }

  private Opening open(SourcePartition partition, String ending) {
    var file = folder.resolve(partition + ending);
    try {
      var totals = TotalsFile.open(file, partition.topicId());
      return new Opening.Opened(new PartitionTotals(totals, sum, groupBy));
    } catch (IOException e) {
      // A disk that is full or a folder that is not there may be mended: it is tried again.
      return new Opening.Refused(new Cause.Transient(file + " cannot be opened: " + e));
    }
  }

  @Override
  public void close() {
    // Each partition closes its own file.
  }
}
