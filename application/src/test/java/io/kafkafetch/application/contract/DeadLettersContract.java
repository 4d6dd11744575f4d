package io.kafkafetch.application.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.kafkafetch.application.driven.DeadLetter;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an adapter of {@link DeadLetters} must keep. */
public abstract class DeadLettersContract extends BrokerContract {
  private DeadLetters letters() {
    return cluster().broker().deadLetters();
  }

  private DeadLetter letter(String source, String topic, RecordBatch batch, int index) {
    assertEquals(source, batch.source().topic());
    return new DeadLetter(
        cluster().address(),
        topic,
        batch,
        index,
        "consumer-1",
        "Gruppe „ä“",
        "processor-2",
        "file_sink",
        "No „ü“ for you",
        3,
        Given.NOON);
  }

  private static TestBatch batch(String source) {
    return TestBatch.of(new SourcePartition(source, "id-of-" + source, 7), 100);
  }

  @Test
  void aLetterKeepsTheRecordAsItWasAndSaysWhereFromAndWhy() {
    var source = topic(1);
    var topic = source + ".letters";
    var own =
        List.of(
            new RecordHeader("trace", bytes("1")),
            new RecordHeader("trace", bytes("2")),
            new RecordHeader("empty", null));
    var batch =
        batch(source).and(5, bytes("k0"), bytes("v0")).and(6_000, bytes("k1"), bytes("v1"), own);

    assertEquals(Optional.empty(), letters().append(letter(source, topic, batch, 1)));

    var stored = cluster().records(topic, 0).getFirst();
    assertArrayEquals(bytes("k1"), stored.key());
    assertArrayEquals(bytes("v1"), stored.value());
    assertEquals(6_000, stored.timestamp());
    assertEquals(
        List.of("trace=1", "trace=2", "empty=null"),
        stored.headers().subList(0, 3).stream().map(DeadLettersContract::text).toList());
    assertEquals(
        List.of(
            "kafkafetch.dead-letter.topic=" + source,
            "kafkafetch.dead-letter.topic-id=id-of-" + source,
            "kafkafetch.dead-letter.partition=7",
            "kafkafetch.dead-letter.offset=101",
            "kafkafetch.dead-letter.timestamp=6000",
            "kafkafetch.dead-letter.consumer=consumer-1",
            "kafkafetch.dead-letter.group=Gruppe „ä“",
            "kafkafetch.dead-letter.processor=processor-2",
            "kafkafetch.dead-letter.processor-type=file_sink",
            "kafkafetch.dead-letter.reason=No „ü“ for you",
            "kafkafetch.dead-letter.attempt=3",
            "kafkafetch.dead-letter.at=" + Given.NOON),
        stored.headers().subList(3, stored.headers().size()).stream()
            .map(DeadLettersContract::text)
            .toList());
  }

  private static String text(RecordHeader header) {
    var value = header.value();
    return header.name() + "=" + (value == null ? "null" : new String(value, UTF_8));
  }

  @Test
  void aTombstoneWithoutKeyStaysOne() {
    var source = topic(1);
    var topic = source + ".letters";

    var refused = letters().append(letter(source, topic, batch(source).and(1, null, null), 0));

    assertEquals(Optional.empty(), refused);
    var stored = cluster().records(topic, 0).getFirst();
    assertNull(stored.key());
    assertNull(stored.value());
  }

  @Test
  void lettersKeepTheirOrder() {
    var source = topic(1);
    var topic = source + ".letters";
    var batch = batch(source);
    for (int i = 0; i < 20; i++) {
      batch = batch.and(i, null, bytes("v" + i));
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(Optional.empty(), letters().append(letter(source, topic, batch, i)));
    }

    var values = cluster().records(topic, 0).stream().map(record -> record.timestamp()).toList();

    assertEquals(java.util.stream.LongStream.range(0, 20).boxed().toList(), values);
  }

  @Test
  void aTopicThatIsThereIsUsedAsItIs() {
    var source = topic(1);
    var topic = "letters-" + UUID.randomUUID();
    cluster().createTopic(topic, 1);
    cluster().append(topic, 0, now, null, bytes("first"), List.of());

    var batch = batch(source).and(1, null, bytes("second"));
    assertEquals(Optional.empty(), letters().append(letter(source, topic, batch, 0)));

    assertEquals(2, cluster().records(topic, 0).size());
  }

  @Test
  void theLargestRecordOfItsSourceHasRoomForItsHeadersToo() {
    var source = topic(1);
    var topic = source + ".letters";
    var large = new byte[1_000_000];
    cluster().append(source, 0, now, null, large, List.of());

    var batch = batch(source).and(1, null, large);
    var letter =
        new DeadLetter(
            cluster().address(),
            topic,
            batch,
            0,
            "consumer",
            "group",
            "processor",
            "type",
            "x".repeat(50_000),
            1,
            Given.NOON);
    assertEquals(Optional.empty(), letters().append(letter));

    var value = cluster().records(topic, 0).getFirst().value();
    assertNotNull(value);
    assertEquals(large.length, value.length);
  }
}
