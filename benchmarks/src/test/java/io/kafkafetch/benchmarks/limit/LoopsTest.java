package io.kafkafetch.benchmarks.limit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.benchmarks.load.Records;
import io.kafkafetch.benchmarks.load.Topics;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A bare loop")
final class LoopsTest {
  private static final String TOPIC = "bare-loops";
  private static final int RECORDS = 2_000;
  private static String bootstrap = "";

  @BeforeAll
  static void loadATopic() throws Exception {
    bootstrap = EmbeddedKafka.shared().bootstrapServers();
    Topics.load(bootstrap, TOPIC, RECORDS);
  }

  @Test
  void writesEachRecordAsALine(@TempDir Path folder) throws Exception {
    var file = folder.resolve("lines");

    FileLoop.run(List.of(bootstrap, TOPIC, "file-loop", file.toString(), "durable", "" + RECORDS));

    var wanted = new HashSet<String>();
    for (int number = 0; number < RECORDS; number++) {
      wanted.add(new String(Records.value(number), UTF_8));
    }
    var lines = Files.readAllLines(file);
    assertEquals(RECORDS, lines.size());
    assertEquals(wanted, new HashSet<>(lines));
  }

  @Test
  void copiesEachRecordAsARow() throws Exception {
    var postgres = EmbeddedPostgreSql.shared();
    var database = postgres.createDatabase("copy_loop");

    CopyLoop.run(
        List.of(bootstrap, TOPIC, "copy-loop", postgres.jdbcUrl("copy_loop"), "t", "" + RECORDS));

    try (var connection = postgres.connect("copy_loop");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(distinct value->>'id'), count(*) from t")) {
      rows.next();
      assertEquals(RECORDS, rows.getInt(1), database);
      assertEquals(RECORDS, rows.getInt(2), database);
    }
  }

  @Test
  void readsEachRecordAndForgetsIt() {
    double rate = DiscardLoop.run(List.of(bootstrap, TOPIC, "discard-loop", "" + RECORDS));

    assertTrue(rate >= 0, () -> "A rate of " + rate);
  }

  @Test
  void seesHowLongRecordsAreUnderWay() throws Exception {
    Topics.create(bootstrap, 2, List.of("bare-tail"));

    double median = TailLoop.run(List.of(bootstrap, "bare-tail", "none", "50", "200", "0.5"));

    assertTrue(median > 0 && median < 5_000, () -> "A median of " + median + " ms");
  }
}
