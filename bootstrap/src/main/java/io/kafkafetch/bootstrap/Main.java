package io.kafkafetch.bootstrap;

/** Starts the server. */
public final class Main {
  private Main() {}

  /** Starts the server with the settings of the environment. */
  public static void main(String[] args) {}
}
