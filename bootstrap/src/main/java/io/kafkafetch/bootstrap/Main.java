package io.kafkafetch.bootstrap;

import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.bootstrap.settings.WrongSetting;
import java.nio.file.Path;

/** Starts the server with the settings of the environment and of the working directory. */
public final class Main {
  private static final int WRONG_USE = 2;

  private Main() {}

  /**
   * Starts the server, and returns when it has stopped.
   *
   * @param arguments none, {@code --help} or {@code --version}
   */
  public static void main(String[] arguments) {
    if (arguments.length > 0) {
      System.exit(answer(arguments[0]));
    }
    try {
      System.out.println(Settings.of(System.getenv(), Path.of("")));
    } catch (WrongSetting e) {
      System.err.println(e.sentence());
      System.exit(WRONG_USE);
    }
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
