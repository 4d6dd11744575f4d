package io.kafkafetch.bootstrap.wire;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything that is logged meanwhile, and more than {@code LOG_LEVEL=DEBUG} would let through. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final Map<String, Level> WANTED =
      Map.of(
          org.slf4j.Logger.ROOT_LOGGER_NAME,
          Level.INFO,
          "io.kafkafetch",
          Level.TRACE,
          "org.apache.kafka",
          Level.INFO,
          "org.apache.kafka.clients.NetworkClient",
          Level.INFO,
          "org.apache.kafka.clients.admin",
          Level.INFO,
          "org.apache.kafka.clients.consumer.ConsumerConfig",
          Level.INFO,
          "org.apache.kafka.clients.producer.ProducerConfig",
          Level.INFO);

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Map<String, Level> before = new TreeMap<>();

  CapturedLog() {
    WANTED.forEach((name, level) -> {
      var logger = (Logger) LoggerFactory.getLogger(name);
      if (logger.getLevel() != null) {
        before.put(name, logger.getLevel());
      }
      logger.setLevel(level);
    });
    start();
    root().addAppender(this);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  protected void append(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    lines.add(
        event.getLoggerName()
            + " "
            + event.getFormattedMessage()
            + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
  }

  @Override
  public void close() {
    root().detachAppender(this);
    WANTED
        .keySet()
        .forEach(name -> {
          var logger = (Logger) LoggerFactory.getLogger(name);
          if (before.containsKey(name)) {
            logger.setLevel(before.get(name));
          } else if (!name.equals(org.slf4j.Logger.ROOT_LOGGER_NAME)) {
            logger.setLevel(Level.WARN);
          }
        });
  }
}
