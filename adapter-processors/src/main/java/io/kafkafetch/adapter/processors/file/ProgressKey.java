package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.SourcePartition;

/** Whose progress it is. The generation is kept with the offset. */
record ProgressKey(String topicId, int partition, String group, String processorId) {
  static ProgressKey of(SourcePartition source, String group, String processorId) {
    return new ProgressKey(source.topicId(), source.partition(), group, processorId);
  }
}
