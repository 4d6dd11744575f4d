package io.kafkafetch.bootstrap;

import io.kafkafetch.bootstrap.database.DatabasePlace;
import io.kafkafetch.bootstrap.database.PostgreSql;
import io.kafkafetch.bootstrap.settings.Settings;
import java.net.URI;

/** What whoever started the server wants to know next. */
final class Banner {
  private Banner() {}

  /**
   * The text, some lines long.
   *
   * @param api where the API answers
   * @param brokers {@code host:port} of the server's own Kafka cluster, comma-separated
   */
  static String of(Settings settings, URI api, String brokers) {
    return """

    Kafka Fetch Server %s is running.

      API         %s
      Docs        %2$s/docs
      Kafka       %s
      %-11s %s

    Try:  curl -s %2$s/health

    """
        .formatted(
            About.version(),
            api,
            kafka(settings, brokers),
            settings.database().map(DatabasePlace::kind).orElse(PostgreSql.NAME),
            database(settings));
  }

  private static String kafka(Settings settings, String brokers) {
    return brokers
        + (settings.embedsKafka()
            ? " (embedded, data in %s)".formatted(settings.dataDir().resolve("kafka"))
            : " (external)");
  }

  private static String database(Settings settings) {
    return settings
        .database()
        .map(place -> place.address() + (place.local() ? "" : " (external)"))
        .orElseGet(() -> "embedded, data in " + settings.dataDir().resolve("postgresql"));
  }
}
