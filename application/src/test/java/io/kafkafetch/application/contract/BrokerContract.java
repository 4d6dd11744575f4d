package io.kafkafetch.application.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.RetryPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of a broker have in common. */
public abstract class BrokerContract {
  /** Longer than anything takes, also where a group must first notice that it has changed. */
  protected static final Duration SOON = Duration.ofSeconds(60);

  /** Retries and commits without much waiting. */
  protected static final DeliveryPolicy PROMPT =
      new DeliveryPolicy(
          50,
          1 << 20,
          Duration.ZERO,
          Duration.ofMillis(50),
          new RetryPolicy(Duration.ofMillis(10), Duration.ofMillis(100), 0.2, OptionalInt.empty()),
          DeadLetterPolicy.DEFAULT);

  /** Records of today: older ones may be deleted by a cluster's retention while a test runs. */
  protected final long now = System.currentTimeMillis();

  private final Deque<GivenMember> members = new ArrayDeque<>();
  private @Nullable TestCluster opened;

  /** The cluster under test; it is closed after the test. */
  protected abstract TestCluster open();

  @BeforeEach
  final void openCluster() {
    opened = open();
  }

  @AfterEach
  final void closeCluster() throws InterruptedException {
    members.forEach(member -> member.member().retire());
    for (var member : members) {
      member.awaitRetired();
    }
    members.clear();
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  /** The cluster of this test. */
  protected final TestCluster cluster() {
    return Objects.requireNonNull(opened);
  }

  /** A member of a group that reads a topic; it is retired after the test. */
  protected final GivenMember member(String topic) {
    var member = new GivenMember(cluster(), topic, PROMPT);
    members.add(member);
    return member;
  }

  /** Another member of the same consumer, with the same sinks; it is retired after the test. */
  protected final GivenMember another(GivenMember first, int ordinal) {
    var member = first.another(ordinal);
    members.add(member);
    return member;
  }

  /** A topic of so many partitions, and of a name that nothing else has. */
  protected final String topic(int partitions) {
    var name = "t-" + UUID.randomUUID();
    cluster().createTopic(name, partitions);
    return name;
  }

  /** Appends the numbers from (inclusive) to (exclusive) as texts to a partition. */
  protected final void append(String topic, int partition, int from, int to) {
    for (int i = from; i < to; i++) {
      cluster().append(topic, partition, now + i, null, bytes(Integer.toString(i)), List.of());
    }
  }

  /** The numbers as texts. */
  protected static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  /** Says where two lists first differ, since whole ones fill pages. */
  protected static void assertSame(List<String> expected, List<String> actual) {
    int common = Math.min(expected.size(), actual.size());
    for (int i = 0; i < common; i++) {
      assertEquals(expected.get(i), actual.get(i), "at place " + i);
    }
    assertEquals(expected.size(), actual.size(), "how many");
  }

  /** The text in UTF-8. */
  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
