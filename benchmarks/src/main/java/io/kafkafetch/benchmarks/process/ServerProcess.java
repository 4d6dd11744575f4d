package io.kafkafetch.benchmarks.process;

import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** This server, as an operator starts it, on a Kafka and a PostgreSQL that are there. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Child child;
  private final Http http;
  private final Path folder;
  private final EmbeddedKafka kafka;
  private final int port;

  private ServerProcess(Child child, int port, Path folder, EmbeddedKafka kafka) {
    this.child = child;
    this.port = port;
    this.http = new Http("http://127.0.0.1:" + port);
    this.folder = folder;
    this.kafka = kafka;
  }

  /** Starts it and waits until it is healthy. */
  public static ServerProcess start(
      Path root, Path work, List<String> jvm, EmbeddedKafka kafka, EmbeddedPostgreSql postgres)
      throws Exception {
    var modules = root.resolve("bootstrap/target/modules");
    if (!Files.isDirectory(modules)) {
      throw new IOException("The server is not built: " + modules + " is missing");
    }
    int port = freePort();
    var out = Files.createDirectories(work.resolve("out"));
    var environment =
        Map.of(
            "HTTP_PORT", Integer.toString(port),
            "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
            "DATABASE_URL", dsn(postgres),
            "DATA_DIR", work.resolve("data").toString(),
            "FILE_SINK_ROOTS", out.toString(),
            "FORWARDER_ALLOWED_HOSTS", "127.0.0.1");
    var child = Child.logging("server", JavaCommand.server(jvm, modules), environment, work);
    var server = new ServerProcess(child, port, out, kafka);
    try {
      server.http.awaitOk("/health", child, START_LIMIT);
      return server;
    } catch (Exception e) {
      child.close();
      throw e;
    }
  }

  /** Where a PostgreSQL is, as our settings spell it. */
  public static String dsn(EmbeddedPostgreSql postgres) {
    return "postgresql://postgres@" + postgres.host() + ":" + postgres.port() + "/postgres";
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Its process. */
  public Child child() {
    return child;
  }

  /** Its API. */
  public Http http() {
    return http;
  }

  /** The port of its API. */
  public int port() {
    return port;
  }

  /** The folder that its file sinks may write to. */
  public Path folder() {
    return folder;
  }

  /** Creates a consumer and starts it; the answer is its id. */
  public String consume(String topic, String group, String processorType, String config)
      throws IOException, InterruptedException {
    return create(topic, group, processorType, config, "{}", true);
  }

  /** The same with other ways of delivery. */
  public String consume(
      String topic, String group, String processorType, String config, String delivery)
      throws IOException, InterruptedException {
    return create(topic, group, processorType, config, delivery, true);
  }

  /** Creates a consumer that does not run; the answer is its id. */
  public String define(String topic, String group, String processorType, String config)
      throws IOException, InterruptedException {
    return create(topic, group, processorType, config, "{}", false);
  }

  private String create(
      String topic,
      String group,
      String processorType,
      String config,
      String delivery,
      boolean start)
      throws IOException, InterruptedException {
    var body =
        """
        {"broker_ip": "%s", "broker_port": %d, "topic": "%s", "consumer_group": "%s",
         "auto_start": %s, "delivery": %s,
         "processor_configs": [{"processor_type": "%s", "config": %s}]}
        """
            .formatted(
                kafka.host(), kafka.port(), topic, group, start, delivery, processorType, config);
    return http.post("/consumers", body).get("consumer_id").asText();
  }

  /** Ends a consumer. */
  public void discard(String consumer) throws IOException, InterruptedException {
    http.delete("/consumers/" + consumer);
  }

  @Override
  public void close() {
    child.close();
  }
}
