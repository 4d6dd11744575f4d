package io.kafkafetch.benchmarks;

import io.kafkafetch.benchmarks.process.Child;
import io.kafkafetch.benchmarks.process.ConnectProcess;
import io.kafkafetch.benchmarks.process.JavaCommand;
import io.kafkafetch.benchmarks.process.LoopProcess;
import io.kafkafetch.benchmarks.process.ServerProcess;
import io.kafkafetch.benchmarks.run.Contestant;
import io.kafkafetch.benchmarks.run.Progress;
import io.kafkafetch.benchmarks.run.Rounds;
import io.kafkafetch.benchmarks.run.Series;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedKafkaSettings;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import io.kafkafetch.embedded.EmbeddedPostgreSqlSettings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Where a question is answered: a folder, the servers that it asks for, and how it reports. */
public final class Bench implements AutoCloseable {
  private static final List<String> HEAP = List.of("-Xms512m", "-Xmx2g");

  private final Path root;
  private final Path work;
  private final Options options;
  private final Progress progress;
  private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

  /** Whoever interrupts a run does not want to look for what it has started. */
  private final Thread onInterrupt = Thread.ofPlatform().unstarted(this::closeAll);

  /** An empty place below {@code root}'s target folder. */
  public Bench(Path root, String question, Options options, Progress progress) throws IOException {
    this.root = root;
    this.work = root.resolve("benchmarks/target/work").resolve(question);
    this.options = options;
    this.progress = progress;
    delete(work);
    Files.createDirectories(work);
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  /** What was asked for on the command line. */
  public Options options() {
    return options;
  }

  /** The folder of the project. */
  public Path root() {
    return root;
  }

  /** The folder that everything is kept in. */
  public Path work() {
    return work;
  }

  /** Tells whoever waits. */
  public Progress progress() {
    return progress;
  }

  /** Lets the contestants work in turn. */
  public List<Series> rounds(List<Contestant> contestants) throws Exception {
    return new Rounds(progress, options.rounds()).run(contestants);
  }

  /** A broker, stopped at the end. */
  public EmbeddedKafka kafka() {
    progress.say("Starting a broker");
    var settings =
        EmbeddedKafkaSettings.in(work)
            .withCacheDir(cache())
            .withHeap("1g")
            // Segments that are being flushed by the system would be measured with the rest.
            .withBrokerProperty("log.segment.bytes", Integer.toString(512 << 20));
    return keep(EmbeddedKafka.start(settings));
  }

  /** A PostgreSQL that keeps what it has acknowledged, stopped at the end. */
  public EmbeddedPostgreSql postgres() {
    progress.say("Starting PostgreSQL");
    return keep(
        EmbeddedPostgreSql.start(EmbeddedPostgreSqlSettings.in(work).withCacheDir(cache())));
  }

  /** This server as {@code run.sh} starts it, stopped at the end. */
  public ServerProcess server(EmbeddedKafka kafka, EmbeddedPostgreSql postgres) throws Exception {
    return server(kafka, postgres, true);
  }

  /**
   * The same with further options for its JVM.
   *
   * @param cached whether it may use the AOT cache
   */
  public ServerProcess server(
      EmbeddedKafka kafka, EmbeddedPostgreSql postgres, boolean cached, String... jvm)
      throws Exception {
    progress.say("Starting this server");
    var command = new ArrayList<>(JavaCommand.serverOptions(cached));
    command.addAll(List.of(jvm));
    if (options.profile()) {
      command.add(
          "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
              + work.resolve("server.jfr"));
    }
    return keep(ServerProcess.start(root, work, command, kafka, postgres));
  }

  /** A process for bare loops, ended at the end. */
  public LoopProcess loop(String name) throws IOException {
    return keep(LoopProcess.start(name, HEAP, work));
  }

  /** A Kafka Connect worker, stopped at the end. */
  public ConnectProcess connect(EmbeddedKafka kafka) throws Exception {
    progress.say("Starting Kafka Connect");
    return connect(kafka, List.of("-Xmx2G"));
  }

  /** The same with other options for its JVM. */
  public ConnectProcess connect(EmbeddedKafka kafka, List<String> jvm) throws Exception {
    return keep(ConnectProcess.start(root, work, jvm, kafka.bootstrapServers()));
  }

  /** Closes something at the end. */
  public <T extends AutoCloseable> T keep(T closeable) {
    open.push(closeable);
    return closeable;
  }

  /** Waits until what was written so far is on disk, so that it is not measured with the rest. */
  public void settle() throws Exception {
    try (var sync = Child.logging("sync", List.of("sync"), Map.of(), work)) {
      sync.awaitEnd();
    }
  }

  private Path cache() {
    return root.resolve("benchmarks/target/cache");
  }

  @Override
  public void close() throws IOException {
    progress.say("Stopping");
    Runtime.getRuntime().removeShutdownHook(onInterrupt);
    closeAll();
    // Logs and profiles stay; what takes room goes.
    delete(work.resolve("kafka"));
    delete(work.resolve("postgresql"));
    delete(work.resolve("out"));
  }

  private void closeAll() {
    for (var next = open.pollFirst(); next != null; next = open.pollFirst()) {
      close(next);
    }
  }

  /** What does not close in good order is no reason to leave the rest running. */
  private void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      progress.say("Not closed in good order: %s".formatted(e));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException fault)
              throws IOException {
            if (fault != null) {
              throw fault;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
