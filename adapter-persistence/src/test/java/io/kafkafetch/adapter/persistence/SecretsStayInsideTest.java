package io.kafkafetch.adapter.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.kafkafetch.application.contract.Given;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SecretsStayInsideTest {
  private static final String OF_A_SINK = "Tr0ub4dor";
  private static final String OF_THE_DATABASE = "correct-horse";

  /** Everything that is logged meanwhile, on every level. */
  private static final class Listening extends AppenderBase<ILoggingEvent>
      implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    Listening() {
      start();
      root.addAppender(this);
      root.setLevel(Level.TRACE);
    }

    @Override
    protected void append(ILoggingEvent event) {
      var thrown = event.getThrowableProxy();
      lines.add(
          event.getFormattedMessage()
              + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
    }

    @Override
    public void close() {
      root.setLevel(before);
      root.detachAppender(this);
    }
  }

  private static Consumer consumerWithASecret() {
    var plain = Given.spec("orders", "billing");
    var sink =
        new ProcessorSpec(
            Given.newId().value(),
            "database_sync",
            new ProcessorConfig(Map.of("db_dsn", "postgresql://u:" + OF_A_SINK + "@db/x")),
            Given.NOON,
            Given.NOON);
    return Consumer.create(
        Given.newId(),
        new ConsumerSpec(
            plain.cluster(),
            plain.topic(),
            plain.group(),
            List.of(sink),
            1,
            plain.offsetReset(),
            plain.delivery()),
        true,
        Given.NOON);
  }

  @Test
  void noSecretIsLoggedOnAnyLevelNorFoundInAFailure() {
    var server = EmbeddedPostgreSql.shared();
    server.createDatabase("secrets");
    var settings =
        PostgreSqlSettings.parse(
            "postgresql://postgres:%s@%s:%d/secrets"
                .formatted(OF_THE_DATABASE, server.host(), server.port()));
    try (var log = new Listening();
        var storage = PostgreSqlStorage.open(settings)) {
      var consumer = consumerWithASecret();
      storage.consumers().insert(consumer, "created");
      assertEquals(consumer, storage.consumers().find(consumer.id()).orElseThrow());
      // The detail of what follows would quote the row that breaks the rule.
      TestDatabase.execute(
          server,
          "secrets",
          "alter table kafkafetch.consumers add constraint none check (revision < 2)");

      var failure =
          assertThrows(
              IllegalStateException.class,
              () ->
                  storage
                      .consumers()
                      .replace(consumer, consumer.stop(Given.NOON.plusSeconds(1)), "stopped"));

      assertHidden(stackTrace(failure));
      assertFalse(stackTrace(failure).contains("Failing row"), stackTrace(failure));
      assertFalse(log.lines.isEmpty());
      log.lines.forEach(SecretsStayInsideTest::assertHidden);
    } finally {
      TestDatabase.execute(server, "secrets", "drop schema kafkafetch cascade");
    }
  }

  private static String stackTrace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void assertHidden(String text) {
    assertFalse(text.contains(OF_A_SINK) || text.contains(OF_THE_DATABASE), text);
  }
}
