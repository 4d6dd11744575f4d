package io.kafkafetch.bootstrap.settings;

/** The names that an operator may set, in the environment or in {@code .env}. */
public enum Setting {
  /** The external PostgreSQL; embedded when absent. */
  DATABASE_URL(""),
  /** The external Kafka; embedded when absent. */
  KAFKA_BOOTSTRAP_SERVERS(""),
  /** How much is logged. */
  LOG_LEVEL("INFO"),
  /** The address to bind. */
  HTTP_HOST("127.0.0.1"),
  /** The port to bind; 0 for any free one. */
  HTTP_PORT("8000"),
  /** What {@code Host} may name besides the server itself. */
  HTTP_ALLOWED_HOSTS(""),
  /** Where everything that outlives a restart is kept. */
  DATA_DIR("./data"),
  /** Folders that {@code file_sink} may write under. */
  FILE_SINK_ROOTS(""),
  /** Private hosts and networks that {@code streaming_forwarder} may reach. */
  FORWARDER_ALLOWED_HOSTS(""),
  /** What the environment variables that secrets may name start with. */
  SECRET_ENV_PREFIX(""),
  /** Folders of the files that secrets may name. */
  SECRET_ROOTS(""),
  /** The key that encrypts secrets at rest. */
  SECRET_KEY(""),
  /** {@code source} of produced messages. */
  PRODUCE_SOURCE("kafka-fetch-server"),
  /** The group of {@code /consume}. */
  CONSUME_GROUP_ID("kafka-fetch-server"),
  /** How many HTTP consumer sessions there may be. */
  SESSIONS_MAX("10000"),
  /** How many there may be in one group. */
  SESSIONS_MAX_PER_GROUP("1000"),
  /** Jars with further processors. */
  PLUGINS_DIR("./plugins");

  private final String standard;

  Setting(String standard) {
    this.standard = standard;
  }

  /** The value when none is given; empty when its absence has a meaning of its own. */
  public String standard() {
    return standard;
  }
}
