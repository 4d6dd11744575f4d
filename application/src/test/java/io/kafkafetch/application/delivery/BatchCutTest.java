package io.kafkafetch.application.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.contract.TestBatch;
import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.processor.RecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchCutTest {
  /** Sizes of the records' values, and of the batches that they are cut into. */
  @ParameterizedTest(name = "{0} by {1} records and {2} bytes: {3}")
  @CsvSource({
    "1,               500,        100,  1",
    "1 1 1 1 1,       500,        100,  5",
    "1 1 1 1 1,       2,          100,  2 2 1",
    "1 1 1 1 1,       1,          100,  1 1 1 1 1",
    "10 10 10 10,     500,        20,   2 2",
    "10 10 10 10,     500,        25,   2 2",
    "10 10 10 10,     3,          20,   2 2",
    "10 10 10 10,     500,        40,   4",
    "99 1 1,          500,        10,   1 2",
    "1 99 1,          500,        10,   1 1 1",
    "99 99 99,        500,        10,   1 1 1",
    "0 0 0,           500,        1,    3",
    "1 1 1,           2147483647, 1,    1 1 1",
    "1 1 1,           2147483647, 2,    2 1",
  })
  void cutsWithinBothLimits(String sizes, int records, long bytes, String expected) {
    var batch = batch(sizes);
    var cuts = new ArrayList<Integer>();
    for (int from = 0; from < batch.size(); ) {
      int end = BatchCut.end(batch, from, policy(records, bytes));
      cuts.add(end - from);
      from = end;
    }

    assertEquals(List.of(expected.split(" ", -1)).stream().map(Integer::valueOf).toList(), cuts);
  }

  @Test
  void countsKeysToo() {
    var batch =
        TestBatch.of(GivenDelivery.SOURCE, 0)
            .and(0, new byte[6], new byte[6])
            .and(0, new byte[6], null);

    assertEquals(1, BatchCut.end(batch, 0, policy(500, 17)));
    assertEquals(2, BatchCut.end(batch, 0, policy(500, 18)));
  }

  private static RecordBatch batch(String sizes) {
    var batch = TestBatch.of(GivenDelivery.SOURCE, 0);
    for (var size : sizes.split(" ", -1)) {
      batch = batch.and(0, null, new byte[Integer.parseInt(size)]);
    }
    return batch;
  }

  private static DeliveryPolicy policy(int records, long bytes) {
    return new DeliveryPolicy(
        records,
        bytes,
        Duration.ZERO,
        Duration.ofSeconds(1),
        RetryPolicy.DEFAULT,
        DeadLetterPolicy.DEFAULT);
  }
}
