package io.kafkafetch.domain.lag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartitionLagTest {
  @Test
  void isWhatIsLeftToRead() {
    assertEquals(3, new PartitionLag(OptionalLong.of(42), 0, 45).lag());
  }

  @Test
  void countsFromTheLogStartWithoutACommit() {
    assertEquals(35, new PartitionLag(OptionalLong.empty(), 10, 45).lag());
  }

  @Test
  void countsFromTheLogStartWhereTheCommittedRecordWasDeleted() {
    assertEquals(35, new PartitionLag(OptionalLong.of(2), 10, 45).lag());
  }

  @Test
  void isNeverNegative() {
    assertEquals(0, new PartitionLag(OptionalLong.of(50), 0, 45).lag());
  }
}
