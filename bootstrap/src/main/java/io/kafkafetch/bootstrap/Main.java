package io.kafkafetch.bootstrap;

import io.kafkafetch.bootstrap.database.PostgreSql;

/** Starts the server on PostgreSQL, embedded or not. */
public final class Main {
  private Main() {}

  /**
   * Starts the server, and returns when a signal has stopped it.
   *
   * @param arguments none, {@code --help} or {@code --version}
   */
  public static void main(String[] arguments) {
    ServerProgram.run(new PostgreSql(), arguments);
  }
}
