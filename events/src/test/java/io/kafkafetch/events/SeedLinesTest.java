package io.kafkafetch.events;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That each line of the seed's tables has a test that carries its name. */
@DisplayName("The seed's line")
class SeedLinesTest {
  private static final List<Class<?>> TESTS =
      List.of(
          BrokerGoneTest.class,
          ConsumerFaultsTest.class,
          ConsumerMethodsTest.class,
          ConsumerOffsetsTest.class,
          ConsumerOptionsTest.class,
          ConsumerThreadsTest.class);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Default Configuration",
        "bootstrap_servers: Kafka broker address",
        "group_id: Consumer group ID (optional, enables consumer groups)",
        "auto_offset_reset: Offset reset policy (\"earliest\")",
        "auto_offset_reset: Offset reset policy (\"latest\")",
        "auto_offset_reset: Offset reset policy (\"none\")",
        "enable_auto_commit: Whether to auto-commit offsets (default: True)",
        "enable_auto_commit=False: disable auto-commit and commit manually",
        "consumer_timeout_ms: Consumer timeout in milliseconds (default: 1000)",
        "max_poll_records: Maximum number of records per poll (optional)",
        "Deserialization errors: Logged and skipped, processing continues",
        "Callback errors: Logged and skipped, processing continues",
        "Kafka errors: Logged and raised",
        "Connection Errors: Handle connection errors during initialization",
        "Multiple Topics: Subscribe to multiple topics",
        "Custom Timeout: timeout_ms overrides consumer_timeout_ms",
        "Batch Processing: Process events in batches using polling",
        "Manual Polling: commit offsets, then close",
        "subscribe(topics): Subscribe to Kafka topics",
        "consume_events(callback, topics, timeout_ms): Consume events and call callback",
        "poll(timeout_ms): Poll for new messages",
        "commit(offsets): Commit offsets",
        "seek(partition, offset): Seek to specific offset",
        "position(partition): Get current position",
        "close(timeout_ms): Close consumer connection",
        "Context Manager: the consumer closes when exiting the context"
      })
  void hasATest(String line) {
    assertTrue(names().anyMatch(name -> name.startsWith(line)), line);
  }

  private static Stream<String> names() {
    return TESTS.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .map(method -> method.getAnnotation(DisplayName.class))
        .filter(Objects::nonNull)
        .map(DisplayName::value);
  }
}
