package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
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
  void whoComesDuringACallEndsThePollAroundItAndNotTheCall() {
    assertTrue(mailbox.beginPoll(client));
    var tries = new AtomicInteger();

    var answer =
        mailbox.undisturbed(() -> {
          if (tries.incrementAndGet() == 1) {
            mailbox.wake();
            throw new WakeupException();
          }
          assertFalse(mailbox.isWakeOutstanding());
          return "committed";
        });

    assertEquals("committed", answer);
    assertTrue(mailbox.isWakeOutstanding());
  }

  @Test
  void aCallThatFailsAfterAWakeUpStillEndsThePoll() {
    assertTrue(mailbox.beginPoll(client));
    var tries = new AtomicInteger();

    assertThrows(
        TimeoutException.class,
        () ->
            mailbox.undisturbed(() -> {
              mailbox.wake();
              throw tries.incrementAndGet() == 1
                  ? new WakeupException()
                  : new TimeoutException("The coordinator is away");
            }));

    assertTrue(mailbox.isWakeOutstanding());
  }

  @Test
  void whoWasLookedAfterDoesNot() {
    mailbox.wake();

    mailbox.runAll();

    assertTrue(mailbox.beginPoll(client));
  }
}
