package io.kafkafetch.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A standalone Kafka Connect worker, with the file and JDBC sinks in reach. */
public final class ConnectProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final Child child;
  private final Http http;

  private ConnectProcess(Child child, Http http) {
    this.child = child;
    this.http = http;
  }

  /** Starts one and waits until its API answers. */
  public static ConnectProcess start(
      Path root, Path work, List<String> jvm, String bootstrapServers) throws Exception {
    var peers = root.resolve("benchmarks/peers/target");
    int port = ServerProcess.freePort();
    var folder = Files.createDirectories(work.resolve("connect"));
    var settings = folder.resolve("worker.properties");
    Files.writeString(
        settings,
        """
        bootstrap.servers=%s
        key.converter=org.apache.kafka.connect.storage.StringConverter
        value.converter=org.apache.kafka.connect.storage.StringConverter
        offset.storage.file.filename=%s
        listeners=HTTP://127.0.0.1:%d
        plugin.path=%s
        plugin.discovery=only_scan
        consumer.auto.offset.reset=earliest
        # As often as ours commits; Connect's own default is a minute.
        offset.flush.interval.ms=1000
        """
            .formatted(
                bootstrapServers, folder.resolve("offsets"), port, peers.resolve("plugins")));
    var command =
        JavaCommand.ofJars(
            jvm,
            peers.resolve("connect") + "/*",
            "org.apache.kafka.connect.cli.ConnectStandalone",
            settings);
    var child = Child.logging("connect", command, Map.of(), folder);
    var http = new Http("http://127.0.0.1:" + port);
    try {
      http.awaitOk("/connectors", child, START_LIMIT);
      return new ConnectProcess(child, http);
    } catch (Exception e) {
      child.close();
      throw e;
    }
  }

  /** Its process. */
  public Child child() {
    return child;
  }

  /** Begins a connector. */
  public void create(String name, Map<String, String> config)
      throws IOException, InterruptedException {
    var fields =
        config.entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
            .collect(Collectors.joining(", "));
    http.post("/connectors", "{\"name\": \"" + name + "\", \"config\": {" + fields + "}}");
  }

  /** Throws, with its reason, when a task of a connector has failed. */
  public void requireRunning(String name) throws IOException, InterruptedException {
    var status = http.get("/connectors/" + name + "/status");
    for (var task : status.get("tasks")) {
      if (task.get("state").asText().equals("FAILED")) {
        throw new IOException(name + " failed: " + task.get("trace").asText());
      }
    }
  }

  /** Ends a connector. */
  public void delete(String name) throws IOException, InterruptedException {
    http.delete("/connectors/" + name);
  }

  @Override
  public void close() {
    child.close();
  }
}
