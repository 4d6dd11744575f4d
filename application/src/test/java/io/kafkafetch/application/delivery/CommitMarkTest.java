package io.kafkafetch.application.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.delivery.CommitMark.TopicEra;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitMarkTest {
  private static final TopicEra ERA = new TopicEra("Kq3_x-9sQ2yT0aBcDeFgHi", 12);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42, 999_999_999_999_999_999L})
  void whatWeWriteWeReadAsOurs(long generation) {
    var metadata = CommitMark.write(generation, ERA);

    assertEquals(new CommitMark.Ours(generation), CommitMark.read(metadata));
    assertEquals(Optional.of(ERA), CommitMark.topic(metadata));
  }

  @Test
  void anOffsetThatWasFixedBeforeTheSinksWereAskedSaysSo() {
    var metadata = CommitMark.writeUndecided(ERA);

    assertEquals(new CommitMark.Undecided(), CommitMark.read(metadata));
    assertEquals(Optional.of(ERA), CommitMark.topic(metadata));
  }

  @Test
  void aMarkFitsIntoWhatABrokerKeepsWithAnOffset() {
    // offset.metadata.max.bytes is 4096 by default.
    assertTrue(CommitMark.write(Long.MAX_VALUE / 10, ERA).length() < 4_096);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "by hand",
        "kafkafetch/1",
        "kafkafetch/1 generation=3",
        "kafkafetch/1 generation=-3 topic=t partitions=1",
        "kafkafetch/1 generation=9999999999999999999 topic=t partitions=1",
        "kafkafetch/1 generation=3 topic=t partitions=1 ",
        " kafkafetch/1 generation=3 topic=t partitions=1",
        "kafkafetch/2 generation=3 topic=t partitions=1",
        "kafkafetch/1 generation=3 topic= partitions=1",
        "kafkafetch/1 generation=3 topic=t partitions=9999999999",
        "kafkafetch/1 generation=3 topic=t partitions=1\nkafkafetch/1",
        "{\"generation\":3}",
      })
  void whateverElseIsThereSomebodyElseWrote(String metadata) {
    assertEquals(new CommitMark.Foreign(), CommitMark.read(metadata));
    assertEquals(Optional.empty(), CommitMark.topic(metadata));
  }
}
