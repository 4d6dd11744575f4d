package io.kafkafetch.application.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who committed an offset, told by the metadata that Kafka keeps with it. Ours reads {@code
 * kafkafetch/1 generation=3 topic=<topic id>}; Kafka's own tools write none, and so an offset
 * without our mark was set on purpose.
 */
public sealed interface CommitMark {
  /** We did, under this replay generation. */
  record Ours(long generation) implements CommitMark {}

  /** We did, before the sinks had told what they remember. */
  record Undecided() implements CommitMark {}

  /** Somebody else did, on purpose. */
  record Foreign() implements CommitMark {}

  /** Our mark for an offset of that generation and incarnation of the topic. */
  static String write(long generation, String topicId) {
    return "kafkafetch/1 generation=" + generation + " topic=" + topicId;
  }

  /** Our mark for the first offset of a partition, fixed before the sinks were asked. */
  static String writeUndecided(String topicId) {
    return "kafkafetch/1 generation=? topic=" + topicId;
  }

  /** Reads the metadata of an offset that was committed for the topic as it is now. */
  static CommitMark read(String metadata) {
    var matcher = Marks.PATTERN.matcher(metadata);
    if (!matcher.matches()) {
      return new Foreign();
    }
    var generation = matcher.group(1);
    return generation.equals("?") ? new Undecided() : new Ours(Long.parseLong(generation));
  }

  /** The id of the topic that our mark names; empty for metadata that is not ours. */
  static Optional<String> topicId(String metadata) {
    var matcher = Marks.PATTERN.matcher(metadata);
    return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
  }

  /** Holds the pattern, since an interface cannot keep it to itself. */
  final class Marks {
    private static final Pattern PATTERN =
        Pattern.compile("kafkafetch/1 generation=([0-9]{1,18}|\\?) topic=(\\S+)");

    private Marks() {}
  }
}
