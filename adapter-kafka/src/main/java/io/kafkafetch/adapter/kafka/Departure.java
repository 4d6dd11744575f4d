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
 * Takes a member out of its group and closes its client. A client that leaves by itself would keep
 * whoever waits: it says goodbye to a partition's leader too, which answers only after the fetch
 * that waits there; and a client that waits for the answer to its join cannot leave at all: it does
 * not know yet as whom, and the broker reads nothing more on that connection before it has
 * answered. But it is known by its {@code group.instance.id}, and by that somebody else can take it
 * out (KIP-345).
 */
final class Departure {
  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** Enough to send what the leaders should know, and not enough to wait for their answers. */
  private static final Duration FAREWELL = Duration.ofMillis(50);

  private final Consumer<byte[], byte[]> consumer;
  private final Supplier<Admin> admin;
  private final Duration timeout;

  /**
   * The departure of that client.
   *
   * @param timeout how long the client may take to leave where nobody can take it out
   */
  Departure(Consumer<byte[], byte[]> consumer, Supplier<Admin> admin, Duration timeout) {
    this.consumer = consumer;
    this.admin = admin;
    this.timeout = timeout;
  }

  /** Closes the client, which is expected back at once. */
  void forNow() {
    close(GroupMembershipOperation.REMAIN_IN_GROUP, FAREWELL);
  }

  /** Leaves the group and closes the client. */
  void forGood() {
    var member = consumer.groupMetadata();
    if (member.groupInstanceId().filter(it -> takeOut(member.groupId(), it)).isPresent()) {
      close(GroupMembershipOperation.REMAIN_IN_GROUP, FAREWELL);
    } else {
      close(GroupMembershipOperation.LEAVE_GROUP, timeout);
    }
  }

  private void close(GroupMembershipOperation operation, Duration limit) {
    consumer.close(CloseOptions.timeout(limit).withGroupMembershipOperation(operation));
  }

  /** Whether that worked; if not, the client has to leave by itself. */
  private boolean takeOut(String group, String instance) {
    try {
      var options = new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove(instance)));
      options.reason("the member is retired");
      admin
          .get()
          .removeMembersFromConsumerGroup(group, options)
          .all()
          .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.debug("{} was not taken out of group {}: {}", instance, group, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
