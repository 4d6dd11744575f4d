package io.kafkafetch.adapter.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

class ServersShareADatabaseTest {
  @Test
  void serversThatStartTogetherOnAnEmptyDatabaseAllComeUp()
      throws ExecutionException, InterruptedException {
    var settings = TestDatabase.fresh();
    Callable<PostgreSqlStorage> start = () -> PostgreSqlStorage.open(settings.withPoolSize(1));

    var storages = new ArrayList<Storage>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (Future<PostgreSqlStorage> started :
          threads.invokeAll(Stream.generate(() -> start).limit(6).toList())) {
        storages.add(started.get());
      }
      storages.getFirst().consumers().insert(Given.activeConsumer(), "created");
      for (var storage : storages) {
        assertEquals(1, storage.consumers().wanted().size());
      }
    } finally {
      storages.forEach(Storage::close);
    }
  }

  @Test
  void aServerHearsWhatAnotherChanges() {
    var settings = TestDatabase.fresh();
    var told = new AtomicInteger();
    try (var one = PostgreSqlStorage.open(settings);
        var other = PostgreSqlStorage.open(settings);
        var _ = one.changes().listen(told::incrementAndGet)) {
      await().until(() -> told.get() > 0);
      int before = told.get();

      other.consumers().insert(Given.activeConsumer(), "created");

      await().until(() -> told.get() > before);
      assertEquals(1, one.consumers().wanted().size());
    }
  }

  @Test
  void aDatabaseOfALaterVersionIsUsedAsItIs() {
    var settings = TestDatabase.fresh();
    PostgreSqlStorage.open(settings).close();
    var database = settings.database().orElseThrow();
    TestDatabase.execute(
        EmbeddedPostgreSql.shared(),
        database,
        "alter table kafkafetch.consumers add column later text;"
            + "insert into kafkafetch.flyway_schema_history values"
            + " (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'postgres', now(), 1, true)");

    try (var older = PostgreSqlStorage.open(settings)) {
      older.consumers().insert(Given.activeConsumer(), "created");

      assertEquals(1, older.consumers().wanted().size());
    }
  }

  @Test
  void aServerThatHasBeenGoneForLongIsForgottenWithItsReports() {
    var settings = TestDatabase.fresh();
    try (var storage = PostgreSqlStorage.open(settings)) {
      var consumer = Given.activeConsumer();
      var kept = Given.report(consumer.id(), "a", Given.NOON);
      storage.consumers().insert(consumer, "created");
      storage.reports().save(List.of(kept, Given.report(consumer.id(), "gone", Given.NOON)));
      TestDatabase.execute(
          EmbeddedPostgreSql.shared(),
          settings.database().orElseThrow(),
          "insert into kafkafetch.servers values ('gone', 'x', now() - interval '2 days')");

      storage.fleet().beat(Given.server("a"), Duration.ofMinutes(1));

      assertEquals(List.of(kept), storage.reports().of(consumer.id()));
    }
  }

  @Test
  void reportsAreSavedWhileTheirConsumersAreRemoved()
      throws ExecutionException, InterruptedException {
    try (var storage = PostgreSqlStorage.open(TestDatabase.fresh());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var consumers = Stream.generate(Given::activeConsumer).limit(200).toList();
      consumers.forEach(consumer -> storage.consumers().insert(consumer, "created"));
      var reports = consumers.stream().map(it -> Given.report(it.id(), "a", Given.NOON)).toList();

      var removal = threads.submit(() -> consumers.forEach(it -> storage.consumers().remove(it)));
      while (!removal.isDone()) {
        storage.reports().save(reports);
      }
      removal.get();

      assertEquals(List.of(), storage.reports().of(consumers.getFirst().id()));
    }
  }

  @Test
  void amongThousandsOfConsumersAPageIsFoundByAnIndex() {
    var settings = TestDatabase.fresh();
    try (var _ = PostgreSqlStorage.open(settings)) {
      var database = settings.database().orElseThrow();
      TestDatabase.execute(
          EmbeddedPostgreSql.shared(),
          database,
          """
          insert into kafkafetch.consumers
            (id, revision, status, topic, consumer_group, spec, created_at, updated_at, claims)
          select gen_random_uuid(), 1, case n % 50 when 0 then 'ACTIVE' else 'INACTIVE' end,
            'topic-' || n % 1000, 'group-' || n % 1000, '{}', now() + n * interval '1 second', now(),
            case n % 1000 when 0 then null else array[n, n % 1000] end
          from generate_series(1, 10000) n;
          analyze kafkafetch.consumers;
          """);
      var middle =
          Optional.of(new ConsumerQuery.Place(Instant.now().plusSeconds(5000), Given.newId()));
      var none = Optional.<String>empty();
      var some = OptionalInt.of(50);

      assertIndexed(database, StoredConsumers.wantedOnes());
      assertIndexed(database, StoredClaims.claiming(Set.of("file:/a", "file:/b")));
      for (var query :
          List.of(
              new ConsumerQuery(none, none, none, middle, some),
              new ConsumerQuery(Optional.of("ACTIVE"), none, none, middle, some),
              new ConsumerQuery(none, Optional.of("topic-7"), none, middle, some),
              new ConsumerQuery(none, none, Optional.of("group-7"), middle, some))) {
        assertIndexed(database, StoredConsumers.listing(query));
      }
    }
  }

  private static void assertIndexed(String database, Query query) {
    try (var connection = EmbeddedPostgreSql.shared().connect(database)) {
      var plan = DSL.using(connection, SQLDialect.POSTGRES).explain(query).plan();
      assertTrue(plan.contains("Index") && !plan.contains("Seq Scan"), plan);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
