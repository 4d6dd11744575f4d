package io.kafkafetch.application.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.lag.CommittedOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine under everything at once: poison, passing trouble, lost flushes, swaps, members that
 * come and go, and members that die. Each seed is a story of its own, which can be told again.
 */
class EngineModelTest {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 2_000;
  private static final Duration LONG = Duration.ofSeconds(60);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20_261_105})
  void whateverHappensNothingIsLostAndOnlyPoisonIsDeadLettered(long seed) {
    var random = new Random(seed);
    try (var world = new ModelWorld(seed, PARTITIONS)) {
      world.join();
      int produced = 0;
      while (produced < RECORDS) {
        int more = Math.min(RECORDS - produced, 20 + random.nextInt(180));
        world.produce(produced, produced + more);
        produced += more;
        for (int i = random.nextInt(3); i > 0; i--) {
          happen(world, random);
        }
        int half = produced / 2;
        await().atMost(LONG).until(() -> world.committedInAll() >= half);
      }
      world.calmDown();

      await("the end of seed " + seed)
          .atMost(LONG)
          .until(() -> world.committedInAll() == (long) PARTITIONS * RECORDS);
      world.retireAll();
      assertStory(world, "seed " + seed);
    }
  }

  private static void happen(ModelWorld world, Random random) {
    switch (random.nextInt(5)) {
      case 0 -> world.join();
      case 1 -> world.retireOne(random);
      case 2 -> world.crashOne(random);
      case 3 -> world.swap();
      default -> world.trouble(random);
    }
  }

  private static void assertStory(ModelWorld world, String story) {
    var letters = world.letters();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      var where = story + ", partition " + partition;
      var kept = world.journal("kept", partition);
      assertComplete(kept, poisonIn(letters, partition), where);
      assertInOrder(kept, where);
      // The processor that is swapped has many lives, which together have everything.
      var swapped = new ArrayList<ModelWorld.Entry>();
      for (var name : world.swapped()) {
        swapped.addAll(world.journal(name, partition));
      }
      assertComplete(swapped, poisonIn(letters, partition), where + ", swapped");
    }
    for (var letter : letters) {
      assertTrue(world.isPoison(letter.value()), story + ": dead letter " + letter);
    }
    var twice = letters.size() - new HashSet<>(letters).size();
    assertTrue(
        twice <= world.mostRepeatedLetters(), story + ": " + twice + " letters were written again");
    int repeats = world.repeats();
    assertTrue(
        repeats <= world.mostRepeats(),
        story + ": " + repeats + " repeats, at most " + world.mostRepeats() + " expected");
    assertEquals(0, world.open(), story + ": sinks left open");
  }

  private static Set<Integer> poisonIn(List<ModelWorld.Letter> letters, int partition) {
    var values = new HashSet<Integer>();
    letters.stream()
        .filter(letter -> letter.partition() == partition)
        .forEach(letter -> values.add(letter.value()));
    return values;
  }

  private static void assertComplete(
      List<ModelWorld.Entry> journal, Set<Integer> deadLettered, String where) {
    var seen = new TreeMap<Integer, Integer>();
    journal.forEach(entry -> seen.merge(entry.value(), 1, Integer::sum));
    var missing =
        IntStream.range(0, RECORDS)
            .filter(value -> !seen.containsKey(value) && !deadLettered.contains(value))
            .boxed()
            .toList();
    assertEquals(List.of(), missing, where + ": lost");
  }

  /** Within one life of a sink offsets only rise, but where a flush has lost some. */
  private static void assertInOrder(List<ModelWorld.Entry> journal, String where) {
    var last = new TreeMap<Integer, ModelWorld.Entry>();
    for (var entry : journal) {
      var before = last.put(entry.stretch(), entry);
      assertTrue(
          before == null || before.value() < entry.value(),
          () -> where + ": " + entry + " after " + before);
    }
  }

  static byte[] bytes(int value) {
    return Integer.toString(value).getBytes(UTF_8);
  }

  static long offset(java.util.Optional<CommittedOffset> committed) {
    return committed.map(CommittedOffset::offset).orElse(0L);
  }
}
