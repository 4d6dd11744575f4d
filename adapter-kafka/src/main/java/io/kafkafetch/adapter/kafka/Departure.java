package io.kafkafetch.adapter.kafka;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a member's client and takes it out of its group. A client that waits for the answer to its
 * join cannot leave: it does not know yet as whom, and the broker reads nothing more on that
 * connection before it has answered. The group would keep the member until its session has timed
 * out. It is known by its {@code group.instance.id}, though, and by that somebody else can take it
 * out (KIP-345).
 */
final class Departure {
  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final Supplier<Admin> admin;
  private final Duration timeout;

  /**
   * The departure of that client.
   *
   * @param timeout how long it may take to close
   */
  Departure(Consumer<byte[], byte[]> consumer, Supplier<Admin> admin, Duration timeout) {
    this.consumer = consumer;
    this.admin = admin;
    this.timeout = timeout;
  }

  /** Closes the client, which is expected back at once. */
  void forNow() {
    close(GroupMembershipOperation.REMAIN_IN_GROUP);
  }

  /** Closes the client and leaves the group. */
  void forGood() {
    var member = consumer.groupMetadata();
    boolean joining = member.memberId().isEmpty();
    long began = System.nanoTime();
    if (joining) {
      member.groupInstanceId().ifPresent(instance -> takeOut(member.groupId(), instance));
    }
    close(GroupMembershipOperation.LEAVE_GROUP);
    boolean inTime = System.nanoTime() - began < timeout.toNanos();
    if (!joining && !inTime) {
      member.groupInstanceId().ifPresent(instance -> takeOut(member.groupId(), instance));
    }
  }

  private void close(GroupMembershipOperation operation) {
    consumer.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(operation));
  }

  /** What does not work is left to the session's timeout. */
  private void takeOut(String group, String instance) {
    try {
      var options = new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove(instance)));
      options.reason("the member is retired");
      admin
          .get()
          .removeMembersFromConsumerGroup(group, options)
          .all()
          .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.debug("{} was not taken out of group {}: {}", instance, group, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
