package io.kafkafetch.application.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driving.GroupMonitoring.GroupLag;
import io.kafkafetch.application.driving.GroupMonitoring.TimedLag;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The lag of groups")
class GroupServiceTest {
  private static final Instant NOW = Given.NOON;

  private final CountingGroups cluster = new CountingGroups();
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.fixed(NOW));
  private final GroupService service =
      new GroupService(
          cluster,
          storage.consumers(),
          ClusterAddress.plain(new BrokerAddress("localhost", 9092)),
          InstantSource.fixed(NOW));

  private List<GroupLag> lags(boolean seconds, String... groups) {
    return service.lags(List.of(groups), seconds, Optional.empty());
  }

  private TimedLag only(List<GroupLag> lags) {
    return lags.getFirst().topics().values().iterator().next().values().iterator().next();
  }

  @Test
  @DisplayName("costs one question of each kind, however many groups it is about")
  void questions() {
    cluster.partition("orders", 0, 1_000);
    var groups = IntStream.range(0, 500).mapToObj(i -> "group-" + i).toArray(String[]::new);
    for (int i = 0; i < groups.length; i++) {
      cluster.commit(groups[i], "orders", i);
    }

    var lags = lags(true, groups);

    assertEquals(500, lags.size());
    assertEquals(OptionalLong.of(1_000), lags.getFirst().total());
    assertEquals(
        Map.of("connect", 1, "committed", 1, "partitions", 1, "log ranges", 1, "timestamps", 1),
        cluster.questions);
  }

  @Test
  @DisplayName("in time is how old the record is that is read next")
  void seconds() {
    cluster.partition("orders", 0, 10);
    cluster.commit("one", "orders", 7);
    cluster.record("orders", 7, NOW.minusMillis(2_500));

    var lag = only(lags(true, "one"));

    assertEquals(OptionalDouble.of(2.5), lag.seconds());
    assertEquals("record_timestamp", lag.method());
  }

  @Test
  @DisplayName("in time is unknown rather than wrong where that record says nothing")
  void unknown() {
    cluster.partition("orders", 0, 10);
    cluster.commit("unread", "orders", 5);
    cluster.commit("ahead of its time", "orders", 6);
    cluster.record("orders", 6, NOW.plus(Duration.ofHours(1)));

    for (var group : List.of("unread", "ahead of its time")) {
      var lag = only(lags(true, group));
      assertEquals(OptionalDouble.empty(), lag.seconds(), group);
      assertEquals("unknown", lag.method(), group);
    }
  }

  @Test
  @DisplayName("in time is nothing where nothing is left, and is not asked for then")
  void caughtUp() {
    cluster.partition("orders", 0, 10);
    cluster.commit("one", "orders", 10);

    var lag = only(lags(true, "one"));

    assertEquals(OptionalDouble.of(0), lag.seconds());
    assertEquals("caught_up", lag.method());
  }

  @Test
  @DisplayName("is never negative, and counts from the log start where the offset was deleted")
  void edges() {
    cluster.partition("made-anew", 0, 3);
    cluster.partition("shortened", 40, 50);
    cluster.commit("one", "made-anew", 900);
    cluster.commit("two", "shortened", 5);

    assertEquals(OptionalLong.of(0), lags(false, "one").getFirst().total());
    assertEquals(OptionalLong.of(10), lags(false, "two").getFirst().total());
  }

  @Test
  @DisplayName("is unknown for one that committed nothing, and a refusal when that is so of all")
  void strangers() {
    cluster.partition("orders", 0, 3);
    cluster.commit("one", "orders", 1);

    var lags = lags(false, "one", "stranger");
    var refused = assertThrows(Refusal.NotFound.class, () -> lags(false, "stranger", "other"));

    assertEquals(List.of("one", "stranger"), lags.stream().map(GroupLag::group).toList());
    assertEquals(OptionalLong.empty(), lags.getLast().total());
    assertEquals(
        "Consumer group 'other', 'stranger' not found or no offsets committed.", refused.detail());
  }

  @Test
  @DisplayName("is that of this server's groups when none is named, committed or not")
  void ownGroups() {
    storage.consumers().insert(Given.activeConsumer("orders", "billing", 1), "created");
    storage.consumers().insert(Given.activeConsumer("orders", "billing", 2), "created");
    storage.consumers().insert(Given.activeConsumer("orders", "audit", 3), "created");

    assertEquals(List.of("audit", "billing"), lags(false).stream().map(GroupLag::group).toList());
  }

  @Test
  @DisplayName("is not told of a topic that is gone")
  void goneTopic() {
    cluster.commit("one", "gone", 5);
    cluster.partition("orders", 0, 3);
    cluster.commit("one", "orders", 1);

    assertEquals(List.of("orders"), List.copyOf(lags(true, "one").getFirst().topics().keySet()));
  }
}
