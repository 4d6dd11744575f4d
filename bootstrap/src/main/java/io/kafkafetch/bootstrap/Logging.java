package io.kafkafetch.bootstrap;

import io.kafkafetch.bootstrap.settings.Settings.LogLevel;

/** Sets how much {@code logback.xml} lets through; to be called before anything logs. */
final class Logging {
  private Logging() {}

  static void at(LogLevel level) {
    boolean debugging = level == LogLevel.DEBUG;
    System.setProperty("kafkafetch.log.level", level.name());
    System.setProperty("kafkafetch.log.libraries", debugging ? "INFO" : atLeastWarn(level).name());
    System.setProperty("kafkafetch.log.chatter", debugging ? "INFO" : "ERROR");
  }

  private static LogLevel atLeastWarn(LogLevel level) {
    return level == LogLevel.ERROR ? LogLevel.ERROR : LogLevel.WARN;
  }
}
