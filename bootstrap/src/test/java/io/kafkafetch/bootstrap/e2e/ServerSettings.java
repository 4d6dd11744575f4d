package io.kafkafetch.bootstrap.e2e;

import java.util.Set;

/** The settings that the wire contract names, written out once more on purpose. */
final class ServerSettings {
  static final Set<String> NAMES =
      Set.of(
          "DATABASE_URL",
          "KAFKA_BOOTSTRAP_SERVERS",
          "LOG_LEVEL",
          "HTTP_HOST",
          "HTTP_PORT",
          "HTTP_ALLOWED_HOSTS",
          "DATA_DIR",
          "FILE_SINK_ROOTS",
          "FORWARDER_ALLOWED_HOSTS",
          "SECRET_ENV_PREFIX",
          "SECRET_ROOTS",
          "SECRET_KEY",
          "PRODUCE_SOURCE",
          "CONSUME_GROUP_ID",
          "SESSIONS_MAX",
          "SESSIONS_MAX_PER_GROUP",
          "PLUGINS_DIR");

  private ServerSettings() {}
}
