package io.kafkafetch.adapter.http.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.adapter.http.json.JsonScanner;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.TopicName;
import io.kafkafetch.domain.processor.RecordHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"topic": …, "message": …}} where it lies. The message is never taken apart: what is
 * written is what was sent, but for what {@link Enrichment} adds. Optional fields may be null.
 * Belongs to one thread.
 */
final class RecordReader {
  private static final byte[] TOPIC = "topic".getBytes(UTF_8);
  private static final byte[] MESSAGE = "message".getBytes(UTF_8);
  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] PARTITION = "partition".getBytes(UTF_8);
  private static final byte[] HEADERS = "headers".getBytes(UTF_8);
  private static final byte[] ENCODING = "encoding".getBytes(UTF_8);
  private static final byte[] ENRICH = "enrich".getBytes(UTF_8);
  private static final byte[][] NAMES = {TOPIC, MESSAGE, KEY, PARTITION, HEADERS, ENCODING, ENRICH};
  private static final String ACCEPTED =
      "is not a known field; accepted are topic, message, key, partition, headers, encoding, enrich";

  private Enrichment enrichment;
  private byte[] body;
  private final JsonScanner in;
  private Violations violations;

  /** The topic of the record before: most records go where the one before went. */
  private String lastTopic = "";

  private byte[] lastTopicBytes = {};
  private String path = "";
  private int seen;
  private String topic = "";
  private int messageAt;
  private int messageEnd;
  private boolean isObject;
  private boolean isNull;
  private final Enrichment.Gap gap = new Enrichment.Gap();
  private @Nullable String key;
  private OptionalInt partition = OptionalInt.empty();
  private List<RecordHeader> headers = List.of();
  private boolean base64;
  private boolean enrich;

  RecordReader(byte[] body, JsonScanner in, Enrichment enrichment, Violations violations) {
    this.body = body;
    this.in = in;
    this.enrichment = enrichment;
    this.violations = violations;
  }

  /** Goes on with other bytes, which the scanner is over already. */
  void over(byte[] next, Enrichment added, Violations found) {
    body = next;
    enrichment = added;
    violations = found;
  }

  /**
   * The record that comes next. What is wrong with it is noted; the record is then of no use.
   *
   * @param where before the names of its fields in what is noted, such as {@code [3].}
   * @throws io.kafkafetch.adapter.http.json.MalformedJsonException when it is not JSON
   */
  OutgoingRecord read(String where) {
    reset(where);
    if (in.peek() != '{') {
      in.skipValue();
      violations.add(
          where.isEmpty() ? "body" : where.substring(0, where.length() - 1), "must be an object");
      return new OutgoingRecord("", partition, null, null, headers);
    }
    in.expect('{');
    if (!in.take('}')) {
      do {
        field();
      } while (in.take(','));
      in.expect('}');
    }
    require(0, "topic");
    require(1, "message");
    return new OutgoingRecord(topic, partition, keyBytes(), value(), headers);
  }

  private void reset(String where) {
    path = where;
    seen = 0;
    topic = "";
    key = null;
    partition = OptionalInt.empty();
    headers = List.of();
    base64 = false;
    enrich = true;
  }

  private void require(int bit, String name) {
    if ((seen & 1 << bit) == 0) {
      violations.add(path + name, "is required");
    }
  }

  private void field() {
    if (in.peek() != '"') {
      throw in.malformed();
    }
    int from = in.position();
    in.skipString();
    int name = 0;
    while (name < NAMES.length && !in.isName(from, NAMES[name])) {
      name++;
    }
    if (name == NAMES.length || (seen & 1 << name) != 0) {
      violations.add(
          path + in.textFrom(from), name == NAMES.length ? ACCEPTED : "must be given once only");
      in.expect(':');
      in.skipValue();
      return;
    }
    seen |= 1 << name;
    in.expect(':');
    switch (name) {
      case 0 -> topic();
      case 1 -> message();
      case 2 -> key = optionalText("key");
      case 3 -> partition();
      case 4 -> headers();
      case 5 -> encoding();
      default -> enrich();
    }
  }

  private void topic() {
    int first = in.peek();
    int from = in.position();
    in.skipValue();
    if (first != '"') {
      violations.add(path + "topic", "must be a text");
      return;
    }
    if (in.isName(from, lastTopicBytes) && !lastTopic.isEmpty()) {
      topic = lastTopic;
      return;
    }
    topic = in.textFrom(from);
    var violation = TopicName.violation(topic);
    if (violation.isPresent()) {
      violations.add(path + "topic", violation.get());
      return;
    }
    lastTopic = topic;
    lastTopicBytes = topic.getBytes(UTF_8);
  }

  private @Nullable String optionalText(String name) {
    int first = in.peek();
    int from = in.position();
    in.skipValue();
    if (first == '"') {
      return whole(in.textFrom(from), name);
    }
    if (first != 'n') {
      violations.add(path + name, "must be a text");
    }
    return null;
  }

  private void partition() {
    int first = in.peek();
    int from = in.position();
    in.skipValue();
    if (first == 'n') {
      return;
    }
    int number = 0;
    boolean legal = in.position() - from <= 9;
    for (int i = from; i < in.position() && legal; i++) {
      legal = body[i] >= '0' && body[i] <= '9';
      number = number * 10 + body[i] - '0';
    }
    if (legal) {
      partition = OptionalInt.of(number);
    } else {
      violations.add(path + "partition", "must be a whole number from 0");
    }
  }

  private void headers() {
    int first = in.peek();
    if (first != '{') {
      in.skipValue();
      if (first != 'n') {
        violations.add(path + "headers", "must be an object of texts");
      }
      return;
    }
    in.expect('{');
    var all = new ArrayList<RecordHeader>();
    if (!in.take('}')) {
      do {
        header(all);
      } while (in.take(','));
      in.expect('}');
    }
    headers = all;
  }

  private void header(List<RecordHeader> all) {
    if (in.peek() != '"') {
      throw in.malformed();
    }
    int from = in.position();
    in.skipString();
    var name = in.textFrom(from);
    in.expect(':');
    if (in.peek() != '"') {
      in.skipValue();
      violations.add(path + "headers." + name, "must be a text");
      return;
    }
    int value = in.position();
    in.skipString();
    var text = whole(in.textFrom(value), "headers." + name);
    all.add(new RecordHeader(whole(name, "headers"), text.getBytes(UTF_8)));
  }

  private String whole(String text, String name) {
    if (!JsonScanner.isWhole(text)) {
      violations.add(path + name, "must not have half of a surrogate pair");
    }
    return text;
  }

  private void encoding() {
    int before = violations.found().size();
    var name = optionalText("encoding");
    base64 = "base64".equals(name);
    boolean known = name == null || base64 || name.equals("json");
    if (!known && before == violations.found().size()) {
      violations.add(path + "encoding", "must be json or base64");
    }
  }

  private void enrich() {
    int first = in.peek();
    in.skipValue();
    if (first != 't' && first != 'f' && first != 'n') {
      violations.add(path + "enrich", "must be true or false");
    }
    enrich = first != 'f';
  }

  private byte @Nullable [] keyBytes() {
    if (key == null) {
      return null;
    }
    return base64 ? Base64Text.decode(key, path + "key", violations) : key.getBytes(UTF_8);
  }

  private void message() {
    int first = in.peek();
    messageAt = in.position();
    isObject = first == '{';
    isNull = first == 'n';
    if (isObject) {
      gap.find(in);
    } else {
      in.skipValue();
    }
    messageEnd = in.position();
  }

  /** Made at last, since what is to be made of the message may be said after it. */
  private byte @Nullable [] value() {
    if ((seen & 2) == 0 || isNull) {
      return null;
    }
    if (base64) {
      int after = in.position();
      in.moveTo(messageAt);
      var text = optionalText("message");
      in.moveTo(after);
      return text == null ? null : Base64Text.decode(text, path + "message", violations);
    }
    return isObject && enrich
        ? enrichment.fill(gap, body, messageAt, messageEnd)
        : Arrays.copyOfRange(body, messageAt, messageEnd);
  }
}
