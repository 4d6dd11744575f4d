package io.kafkafetch.embedded.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * The broker's JVM: formats the storage when there is none, then serves. One JVM start instead of
 * the two that Kafka's own scripts need. Ends on SIGTERM, and when its standard input ends, which
 * is when the parent is gone.
 */
public final class BrokerMain {
  /**
   * The line on standard output that says that clients may connect. A compile-time constant, so the
   * parent knows it without loading this class, which it could not.
   */
  public static final String READY = "embedded broker is ready";

  /**
   * The system property with the users that may log in by SCRAM from the first start on, each as
   * Kafka's storage tool takes them, separated by semicolons.
   */
  public static final String SCRAM_USERS = "kafkafetch.broker.scram.users";

  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(20);

  private BrokerMain() {}

  /**
   * Runs the broker.
   *
   * @param arguments the broker's properties file and the file that shall hold this process's id
   */
  public static void main(String[] arguments) throws IOException {
    var properties = Path.of(arguments[0]);
    Files.writeString(Path.of(arguments[1]), Long.toString(ProcessHandle.current().pid()));
    endWithParent();
    try {
      serve(read(properties));
    } catch (RuntimeException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void serve(Properties properties) throws IOException {
    var data = Path.of(properties.getProperty("log.dirs"));
    if (!Files.exists(data.resolve("meta.properties"))) {
      format(properties, data);
    }
    var server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> shutdown(server), "shutdown"));
    server.startup();
    System.out.println(READY);
    server.awaitShutdown();
  }

  /** Formats aside and renames, so that a kill in between leaves nothing half formatted. */
  private static void format(Properties properties, Path data) throws IOException {
    var formatting = data.resolveSibling(data.getFileName() + ".formatting");
    delete(formatting);
    delete(data);
    var aside = new Properties();
    aside.putAll(properties);
    aside.setProperty("log.dirs", formatting.toString());
    var file = formatting.resolveSibling(formatting.getFileName() + ".properties");
    try (var writer = Files.newBufferedWriter(file)) {
      aside.store(writer, null);
    }
    var output = new ByteArrayOutputStream();
    var format =
        new ArrayList<>(
            List.of("format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()));
    for (var user : System.getProperty(SCRAM_USERS, "").split(";", -1)) {
      if (!user.isEmpty()) {
        format.addAll(List.of("--add-scram", user));
      }
    }
    int status =
        StorageTool.execute(
            format.toArray(String[]::new), new PrintStream(output, true, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IllegalStateException(output.toString(StandardCharsets.UTF_8));
    }
    Files.delete(file);
    Files.move(formatting, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (var paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (var path : deepestFirst) {
      Files.delete(path);
    }
  }

  private static Properties read(Path file) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  /** The parent holds the other end of standard input: when it ends, nobody needs this broker. */
  private static void endWithParent() {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(() -> {
          try {
            System.in.transferTo(PrintStream.nullOutputStream());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            System.exit(0);
          }
        });
  }

  private static void shutdown(KafkaRaftServer server) {
    Thread.ofPlatform()
        .daemon()
        .name("shutdown-limit")
        .start(() -> {
          try {
            Thread.sleep(SHUTDOWN_LIMIT);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            Runtime.getRuntime().halt(1);
          }
        });
    server.shutdown();
    server.awaitShutdown();
  }
}
