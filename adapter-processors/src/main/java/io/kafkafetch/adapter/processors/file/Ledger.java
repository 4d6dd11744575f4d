package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The progress of all partitions that write, or wrote, to one exactly-once file. */
final class Ledger {
  /** Partitions that were not opened for longest are forgotten beyond this. */
  private static final int MOST = 10_000;

  private final Map<ProgressKey, PartitionProgress> partitions = new LinkedHashMap<>();

  /** What a watermark says about partitions that are not known yet. */
  void load(Watermark watermark) {
    watermark
        .progress()
        .forEach((key, progress) ->
            partitions.putIfAbsent(key, new PartitionProgress(Optional.of(progress))));
  }

  /** The partition's progress, as the one that was asked for last. */
  PartitionProgress of(ProgressKey key) {
    var known = partitions.remove(key);
    var progress = known == null ? new PartitionProgress(Optional.empty()) : known;
    partitions.put(key, progress);
    forgetOldest();
    return progress;
  }

  private void forgetOldest() {
    var oldest = partitions.values().iterator();
    while (partitions.size() > MOST && oldest.hasNext()) {
      var progress = oldest.next();
      if (!progress.isOpen() && !progress.isUnsaved()) {
        oldest.remove();
      }
    }
  }

  /** What a watermark is to say now. */
  Map<ProgressKey, Progress> reached() {
    var reached = new LinkedHashMap<ProgressKey, Progress>();
    partitions.forEach(
        (key, progress) -> progress.reached().ifPresent(value -> reached.put(key, value)));
    return reached;
  }

  void saved() {
    partitions.values().forEach(PartitionProgress::saved);
  }

  void lost() {
    partitions.values().forEach(PartitionProgress::lost);
  }
}
