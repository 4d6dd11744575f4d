package io.kafkafetch.embedded;

import io.kafkafetch.embedded.broker.BrokerMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker's JVM on one folder: how it is started, and how one left behind is known. */
final class BrokerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerProcess.class);

  private final EmbeddedKafkaSettings settings;
  private final Path folder;

  BrokerProcess(EmbeddedKafkaSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
    if (folder.toString().contains(",") || folder.toString().contains(File.pathSeparator)) {
      throw new EmbeddedException(
          "Kafka takes no data folder with a comma or a colon in its name: " + folder);
    }
  }

  /** Starts the broker and waits until clients may connect. */
  ChildProcess launch(int port) {
    var properties = folder.resolve("server.properties");
    BrokerProperties.write(properties, settings, folder.resolve("data"), port);
    var command = new ArrayList<String>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            folderArgument(folder),
            "-Xmx" + settings.heap(),
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
            "-Dorg.slf4j.simpleLogger.logFile=System.out"));
    settings.systemProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(
        List.of(
            "-cp",
            BrokerClassPath.in(settings.cacheDir()),
            BrokerClassPath.MAIN_CLASS,
            properties.toString(),
            pidFile(folder).toString()));
    var launched =
        ChildProcess.start("Embedded Kafka", command, folder, "kafka.log", BrokerMain.READY);
    launched.awaitReady(ChildProcess::printedReady, settings.startLimit());
    return launched;
  }

  /** Ends the broker that an earlier run left on this folder, in order if it can. */
  void reapOrphan() {
    orphan(folder)
        .ifPresent(orphan -> Orphan.reap(orphan, ProcessHandle::destroy, settings.stopLimit()));
  }

  /** Ends the broker that an earlier run left on this folder, at once. */
  static void killOrphan(Path folder) {
    orphan(folder)
        .ifPresent(orphan -> Orphan.reap(orphan, ProcessHandle::destroyForcibly, Duration.ZERO));
  }

  private static Optional<ProcessHandle> orphan(Path folder) {
    try {
      if (Files.exists(pidFile(folder))) {
        long pid = Long.parseLong(Files.readString(pidFile(folder)).strip());
        return Orphan.find(pid, folderArgument(folder));
      }
    } catch (IOException e) {
      throw new EmbeddedException(pidFile(folder) + " cannot be read: " + e.getMessage(), e);
    } catch (NumberFormatException e) {
      // A kill between creating and writing the file: that broker ends with its parent by itself.
      LOG.info("{} holds no process id", pidFile(folder));
    }
    return Optional.empty();
  }

  /**
   * Tells our broker from any other process; among the first arguments, as systems cut long lines.
   */
  private static String folderArgument(Path folder) {
    return "-Dkafkafetch.broker.folder=" + folder + "/";
  }

  private static Path pidFile(Path folder) {
    return folder.resolve("pid");
  }
}
