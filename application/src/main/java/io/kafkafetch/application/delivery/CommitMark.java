package io.kafkafetch.application.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who committed an offset, told by the metadata that Kafka keeps with it. Ours reads {@code
 * kafkafetch/1 generation=3 topic=<topic id> partitions=6}; Kafka's own tools write none, and so an
 * offset without our mark was set on purpose.
 */
public sealed interface CommitMark {
  /** We did, under this replay generation. */
  record Ours(long generation) implements CommitMark {}

  /** We did, before the sinks had told what they remember. */
  record Undecided() implements CommitMark {}

  /**
   * We did, moving the group on purpose: what the sinks remember does not count, and from now on
   * everything is of this replay generation or a later one.
   */
  record Moved(long generation) implements CommitMark {}

  /** Somebody else did, on purpose. */
  record Foreign() implements CommitMark {}

  /**
   * Our mark for an offset of that generation.
   *
   * @param topic the incarnation of the topic that the offset belongs to
   */
  static String write(long generation, TopicEra topic) {
    return "kafkafetch/1 generation=" + generation + tail(topic);
  }

  /** Our mark for the first offset of a partition, fixed before the sinks were asked. */
  static String writeUndecided(TopicEra topic) {
    return "kafkafetch/1 generation=?" + tail(topic);
  }

  /**
   * Our mark for an offset that somebody wants the group to go on from.
   *
   * @param generation larger than that of every offset that is overwritten
   */
  static String writeMoved(long generation, TopicEra topic) {
    return "kafkafetch/1 generation=" + generation + "+" + tail(topic);
  }

  private static String tail(TopicEra topic) {
    return " topic=" + topic.topicId() + " partitions=" + topic.partitions();
  }

  /** Reads the metadata of an offset that was committed for the topic as it is now. */
  static CommitMark read(String metadata) {
    var matcher = Marks.PATTERN.matcher(metadata);
    if (!matcher.matches()) {
      return new Foreign();
    }
    var generation = matcher.group(1);
    if (generation.equals("?")) {
      return new Undecided();
    }
    return generation.endsWith("+")
        ? new Moved(Long.parseLong(generation.substring(0, generation.length() - 1)))
        : new Ours(Long.parseLong(generation));
  }

  /** Which topic our mark speaks of; empty for metadata that is not ours. */
  static Optional<TopicEra> topic(String metadata) {
    var matcher = Marks.PATTERN.matcher(metadata);
    return matcher.matches()
        ? Optional.of(new TopicEra(matcher.group(2), Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /**
   * A topic as it was when the group began with it. Partitions from {@code partitions} on came
   * later, and are read from their beginning whatever the reset policy says.
   *
   * @param topicId the id of this incarnation
   * @param partitions how many partitions it had then
   */
  record TopicEra(String topicId, int partitions) {}

  /** Holds the pattern, since an interface cannot keep it to itself. */
  final class Marks {
    private static final Pattern PATTERN =
        Pattern.compile(
            "kafkafetch/1 generation=([0-9]{1,18}\\+?|\\?) topic=(\\S+) partitions=([0-9]{1,9})");

    private Marks() {}
  }
}
