package io.kafkafetch.bootstrap;

import io.kafkafetch.bootstrap.database.DatabaseKind;
import io.kafkafetch.bootstrap.lifecycle.StartFailure;
import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.bootstrap.settings.WrongSetting;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The server as a program, on any kind of database. A {@code main} of one's own calls it to run the
 * server on another one than PostgreSQL.
 */
public final class ServerProgram {
  private static final int NOT_STARTED = 1;
  private static final int WRONG_USE = 2;

  private ServerProgram() {}

  /**
   * Starts the server with the settings of the environment and of the working directory, and
   * returns when a signal has stopped it. Ends the process with a status when it cannot be started.
   *
   * @param arguments none, {@code --help} or {@code --version}
   */
  public static void run(DatabaseKind database, String... arguments) {
    if (arguments.length > 0) {
      System.exit(answer(arguments[0]));
    }
    try {
      var settings = Settings.of(System.getenv(), Path.of(""), database);
      Logging.at(settings.logLevel());
      serve(new Server(settings));
    } catch (WrongSetting e) {
      System.err.println(e.sentence());
      System.exit(WRONG_USE);
    }
  }

  private static void serve(Server server) {
    try {
      System.out.print(server.start());
    } catch (StartFailure e) {
      if (!server.isStopping()) {
        server.stop();
        LoggerFactory.getLogger(ServerProgram.class).debug("Not started", e);
        System.err.println(e.sentence());
        System.exit(NOT_STARTED);
      }
    }
    server.awaitStop();
  }

  private static int answer(String argument) {
    switch (argument) {
      case "--help", "-h" -> System.out.print(About.help());
      case "--version" -> System.out.println("Kafka Fetch Server " + About.version());
      default -> {
        System.err.println("Unknown argument " + argument + ": try --help");
        return WRONG_USE;
      }
    }
    return 0;
  }
}
