package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers go through a server that is killed at random moments, to a sink that is cut off. */
@DisplayName("Through kills of the server and cuts of its sink and database, every number arrives")
class KillsAndCutsIT {
  private static final Logger LOG = LoggerFactory.getLogger(KillsAndCutsIT.class);
  private static final int PARTITIONS = 3;
  private static final int STEPS = 50;
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Size SMALL = new Size(3_000, 1, 1, 0);

  /** Over all partitions 200,001. */
  private static final Size FULL = new Size(66_667, 5, 3, 1);

  private static Outside outside;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  @TempDir private Path folder;
  private Path roots;

  /**
   * How much is done.
   *
   * @param each numbers in each partition
   * @param collapses SIGKILLs of broker and PostgreSQL
   */
  private record Size(int each, int kills, int cuts, int collapses) {}

  /** A fault, once so many numbers were sent to each partition. */
  private record Fault(int at, Kind kind) {}

  private enum Kind {
    /** SIGKILL of the server. */
    KILL,
    /** The sink and the server's own database are cut off. */
    CUT,
    /** SIGKILL of the broker and of PostgreSQL. */
    COLLAPSE
  }

  @BeforeAll
  static void open() {
    outside = Outside.own();
  }

  @AfterAll
  static void close() {
    outside.close();
  }

  @BeforeEach
  void roots() throws Exception {
    roots = Files.createDirectories(folder.toRealPath().resolve("out"));
  }

  @Test
  @DisplayName("once in a file")
  void file() {
    deliver(new FileEnd(roots), SMALL);
  }

  @Test
  @Tag("endurance")
  @DisplayName("once in a file, in full")
  void fileInFull() {
    deliver(new FileEnd(roots), FULL);
  }

  @Test
  @DisplayName("once in a table")
  void table() {
    deliver(new TableEnd(outside), SMALL);
  }

  @Test
  @Tag("endurance")
  @DisplayName("once in a table, in full")
  void tableInFull() {
    deliver(new TableEnd(outside), FULL);
  }

  @Test
  @DisplayName("at an endpoint, again only what was not committed, under the same key")
  void hook() {
    deliver(new HookEnd(PARTITIONS), SMALL);
  }

  @Test
  @Tag("endurance")
  @DisplayName("at an endpoint, again only what was not committed, under the same key, in full")
  void hookInFull() {
    deliver(new HookEnd(PARTITIONS), FULL);
  }

  private void deliver(SinkEnd end, Size size) {
    try (end;
        var run = new Run(end, size)) {
      run.toItsEnd();
    }
  }

  private Deque<Fault> faults(Size size) {
    var kinds = new ArrayList<Kind>(Collections.nCopies(size.kills(), Kind.KILL));
    kinds.addAll(Collections.nCopies(size.cuts(), Kind.CUT));
    kinds.addAll(Collections.nCopies(size.collapses(), Kind.COLLAPSE));
    Collections.shuffle(kinds, random);
    var moments =
        random
            .ints(kinds.size(), 0, size.each() - (size.each() / STEPS) * (size.cuts() + 2))
            .sorted();
    var each = kinds.iterator();
    return moments
        .mapToObj(at -> new Fault(at, each.next()))
        .collect(ArrayDeque::new, ArrayDeque::add, ArrayDeque::addAll);
  }

  /** One consumer, from the first number to the last. */
  private final class Run implements AutoCloseable {
    private final SinkEnd end;
    private final Size size;
    private final Deque<Fault> faults;
    private final String topic = outside.topic(PARTITIONS);
    private final String group = "group-of-" + topic;
    private final long begun = System.nanoTime();
    private final String id;
    private RunningServer server;

    /** How many numbers each partition was sent. */
    private int sent;

    /** How many numbers may have come again so far. */
    private long mayRepeat;

    Run(SinkEnd end, Size size) {
      this.end = end;
      this.size = size;
      faults = faults(size);
      server = outside.server(folder, roots);
      id =
          server.api().running(outside.kafka.bootstrapServers(), topic, group, end.processor(), "");
    }

    void toItsEnd() {
      while (sent < size.each()) {
        sendMore();
        while (!faults.isEmpty() && faults.peek().at() < sent) {
          happen(faults.remove());
        }
        awaitArrived((long) PARTITIONS * (sent - size.each() / STEPS));
      }
      long all = (long) PARTITIONS * size.each();
      awaitArrived(all);
      await()
          .atMost(PATIENCE)
          .until(() -> LongStream.of(outside.committed(group, topic, PARTITIONS)).sum() == all);
      end.assertComplete(PARTITIONS, size.each());
      assertRepeatsAreBounded();
    }

    private void sendMore() {
      int to = Math.min(size.each(), sent + size.each() / STEPS);
      outside.send(topic, PARTITIONS, sent, to);
      sent = to;
    }

    private void awaitArrived(long count) {
      await().atMost(PATIENCE).until(() -> end.arrived() >= count);
    }

    private void happen(Fault fault) {
      // Not always at once: what was sent is then anywhere between the broker and the sink.
      pause(1, 1_000);
      switch (fault.kind()) {
        case KILL -> kill();
        case CUT -> cut();
        case COLLAPSE -> {
          mayRepeat += PARTITIONS;
          outside.killAndRestart();
        }
      }
    }

    private void kill() {
      server.kill();
      if (end instanceof HookEnd hook) {
        var committed = outside.committed(group, topic, PARTITIONS);
        for (int partition = 0; partition < PARTITIONS; partition++) {
          mayRepeat += hook.next(partition) - committed[partition];
        }
      }
      // One request of each partition may have been under way.
      mayRepeat += PARTITIONS;
      server = outside.server(folder, roots);
    }

    private void cut() {
      mayRepeat += PARTITIONS;
      end.cut();
      outside.state.refuse();
      sendMore();
      pause(500, 1_500);
      outside.state.heal();
      await().atMost(SOON).until(() -> !complaint().isEmpty());
      end.heal();
    }

    private void pause(int least, int most) {
      await().pollDelay(Duration.ofMillis(random.nextInt(least, most))).until(() -> true);
    }

    private String complaint() {
      var answer = server.api().get("/consumers/" + id);
      return answer.status() == 200 ? server.api().complaint(id) : "";
    }

    private void assertRepeatsAreBounded() {
      long repeats = end instanceof HookEnd hook ? hook.repeats() : 0;
      LOG.info(
          "{} numbers, {} kills, {} cuts, {} collapses, {} repeats of at most {}, {} s, seed {}",
          end.arrived(),
          size.kills(),
          size.cuts(),
          size.collapses(),
          repeats,
          mayRepeat,
          (System.nanoTime() - begun) / 1_000_000_000,
          seed);
      assertTrue(repeats <= mayRepeat, repeats + " repeats, of at most " + mayRepeat);
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
