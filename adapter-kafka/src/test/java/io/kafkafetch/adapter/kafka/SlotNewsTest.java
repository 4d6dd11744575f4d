package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.delivery.DeliveryEngine;
import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the client tells from within a poll is not left until that poll ends by itself. */
class SlotNewsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Given.NOON);

  private final Mailbox mailbox = new Mailbox();
  private final MockConsumer<byte[], byte[]> client = new MockConsumer<>("none");
  private final MemberLoop loop = loop();

  @Test
  void aPollIsEndedWhenAPartitionCanBeReadSinceTheNextOneAloneFetchesIt() {
    var slot = new Slot(new TopicPartition("orders", 0));
    client.assign(List.of(slot.partition));
    var share = new FetchBudget.Share(1 << 20);
    var flow = new Flow(client, share, FetchTurns.ofProcess().of(() -> {}));
    var news = new SlotNews(loop, client, firstSight(), mailbox, flow, CLOCK);
    assertTrue(mailbox.beginPoll(client));

    news.flows(slot, 5);

    assertTrue(mailbox.isWakeOutstanding());
    assertEquals(5, client.position(slot.partition));
  }

  @Test
  void aPollIsEndedWhenTheMemberCannotGoOn() {
    assertTrue(mailbox.beginPoll(client));
    assertFalse(mailbox.isWakeOutstanding());

    loop.end(new Cause.Fatal("Its commits are refused"));

    assertTrue(mailbox.isWakeOutstanding());
  }

  private MemberLoop loop() {
    var spec =
        new MemberSpec(Given.newId(), 1, 0, new ServerId("here"), Given.spec("orders", "billing"));
    var delivery =
        new DeliveryEngine(
                new ProcessorTypes(List.of()),
                SecretReferences.none(),
                letter -> Optional.of(new Cause.Fatal("No dead letter is expected: " + letter)),
                new ProcessorEnvironment(Map.of(), CLOCK),
                () -> 0.5)
            .open(spec);
    return new MemberLoop(
        spec,
        client,
        new FetchBudget.Share(1 << 20),
        FetchTurns.ofProcess(),
        delivery,
        () -> {
          throw new AssertionError("Nobody is asked");
        },
        firstSight(),
        mailbox,
        new MemberHealth("broker:9092", Given.NOON),
        new MemberLoop.Counts(),
        CLOCK);
  }

  private static FirstSights.FirstSight firstSight() {
    return new FirstSights()
        .of(
            new MemberSpec(
                Given.newId(), 1, 0, new ServerId("here"), Given.spec("orders", "billing")));
  }
}
