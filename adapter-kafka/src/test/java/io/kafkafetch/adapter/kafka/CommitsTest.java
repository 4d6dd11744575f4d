package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.Test;

/** What is committed, and what becomes of those who come meanwhile. */
class CommitsTest {
  private final Mailbox mailbox = new Mailbox();
  private final Client client = new Client();
  private final List<RuntimeException> failures = new ArrayList<>();
  private final Commits commits = new Commits(client, new LongAdder(), failures::add, mailbox);
  private final Slot first = new Slot(new TopicPartition("orders", 0));
  private final Slot second = new Slot(new TopicPartition("orders", 1));

  /** Keeps what it is asked, and answers when the test says so. */
  private static final class Client extends MockConsumer<byte[], byte[]> {
    final List<Map<TopicPartition, OffsetAndMetadata>> asked = new ArrayList<>();
    final List<OffsetCommitCallback> callbacks = new ArrayList<>();

    Client() {
      super("none");
    }

    @Override
    public synchronized void commitAsync(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
      asked.add(offsets);
      callbacks.add(callback);
    }
  }

  @Test
  void startsThatComeTogetherAreCommittedTogether() {
    List<Slot> begun = new ArrayList<>();
    fix(first, begun);
    fix(second, begun);

    commits.commitStarts(Given.NOON);
    client.callbacks.getFirst().onComplete(client.asked.getFirst(), null);

    assertEquals(1, client.asked.size());
    assertEquals(List.of(first, second), begun);
  }

  @Test
  void aStartThatComesMeanwhileIsCommittedNext() {
    List<Slot> begun = new ArrayList<>();
    fix(first, begun);
    commits.commitStarts(Given.NOON);
    fix(second, begun);
    commits.commitStarts(Given.NOON);
    assertEquals(1, client.asked.size());
    assertTrue(mailbox.beginPoll(client));

    client.callbacks.getFirst().onComplete(client.asked.getFirst(), null);

    assertTrue(mailbox.isWakeOutstanding());
    commits.commitStarts(Given.NOON);
    assertEquals(2, client.asked.size());
  }

  @Test
  void aStartThatFailsIsLeftToTheNextLook() {
    commits.fix(first, 5, "", () -> {}, () -> fix(first, new ArrayList<>()));
    commits.commitStarts(Given.NOON);
    assertTrue(mailbox.beginPoll(client));

    client
        .callbacks
        .getFirst()
        .onComplete(client.asked.getFirst(), new RebalanceInProgressException());

    assertEquals(1, failures.size());
    assertEquals(false, mailbox.isWakeOutstanding());
    commits.commitStarts(Given.NOON);
    assertEquals(2, client.asked.size());
  }

  @Test
  void aPartitionThatHasGoneIsNotCommitted() {
    fix(first, new ArrayList<>());
    first.gone = true;

    commits.commitStarts(Given.NOON);

    assertEquals(List.of(), client.asked);
  }

  private void fix(Slot slot, List<Slot> begun) {
    commits.fix(slot, 5, "", () -> begun.add(slot), () -> {});
  }
}
