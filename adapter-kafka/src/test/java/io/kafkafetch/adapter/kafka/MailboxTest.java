package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

/** Whom a polling thread must not miss on its way into a poll. */
class MailboxTest {
  private final Mailbox mailbox = new Mailbox();
  private final MockConsumer<byte[], byte[]> client = new MockConsumer<>("none");

  @Test
  void whoComesAfterTheLastLookKeepsThePollFromWaiting() {
    mailbox.runAll();

    mailbox.wake();

    assertFalse(mailbox.beginPoll(client));
  }

  @Test
  void whoWasLookedAfterDoesNot() {
    mailbox.wake();

    mailbox.runAll();

    assertTrue(mailbox.beginPoll(client));
  }
}
