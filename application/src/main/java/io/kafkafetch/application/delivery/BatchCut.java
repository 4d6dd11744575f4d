package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.processor.RecordBatch;

/** Cuts what a poll returned into batches that the policy allows. */
final class BatchCut {
  private BatchCut() {}

  /** The index after the last record of the batch that begins at {@code from}. */
  static int end(RecordBatch batch, int from, DeliveryPolicy policy) {
    int most = from + Math.min(batch.size() - from, policy.maxBatchRecords());
    if (from == 0 && most == batch.size() && batch.sizeInBytes() <= policy.maxBatchBytes()) {
      return most;
    }
    long bytes = 0;
    for (int index = from; index < most; index++) {
      var key = batch.key(index);
      var value = batch.value(index);
      bytes += (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
      // A record larger than the limit still goes, alone.
      if (bytes > policy.maxBatchBytes() && index > from) {
        return index;
      }
    }
    return most;
  }
}
