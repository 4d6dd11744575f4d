package io.kafkafetch.adapter.http.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.kafkafetch.adapter.http.json.JsonScanner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is added to a message that is an object, where its sender did not set it: {@code timestamp},
 * {@code source} and {@code server_time}. Everything else stays as it was sent, byte for byte.
 * Belongs to one thread.
 */
final class Enrichment {
  private static final byte[] TIMESTAMP = "timestamp".getBytes(UTF_8);
  private static final byte[] SOURCE = "source".getBytes(UTF_8);
  private static final byte[] SERVER_TIME = "server_time".getBytes(UTF_8);
  private static final int TIMESTAMP_LENGTH = 9;
  private static final int SOURCE_LENGTH = 6;
  private static final int SERVER_TIME_LENGTH = 11;
  private static final int ALL = 0b111;

  private final String timestamp;
  private final String source;
  private final String serverTime;

  /** The addition for each combination of what is missing, once it was; one bit for each name. */
  private final byte[] @Nullable [] additions = new byte[ALL + 1][];

  /** What is added at that time. */
  Enrichment(String source, Instant now) {
    var quoted = new String(JsonStringEncoder.getInstance().quoteAsString(source));
    this.timestamp = "\"timestamp\":\"" + now.truncatedTo(ChronoUnit.MICROS) + "\"";
    this.source = "\"source\":\"" + quoted + "\"";
    var micros = Integer.toString(1_000_000 + now.getNano() / 1_000).substring(1);
    this.serverTime = "\"server_time\":" + now.getEpochSecond() + "." + micros;
  }

  private byte[] addition(int missing) {
    var known = additions[missing];
    if (known != null) {
      return known;
    }
    var addition = new StringBuilder();
    append(addition, missing, 1, timestamp);
    append(addition, missing, 2, source);
    append(addition, missing, 4, serverTime);
    var made = addition.append('}').toString().getBytes(UTF_8);
    additions[missing] = made;
    return made;
  }

  private static void append(StringBuilder addition, int missing, int bit, String member) {
    if ((missing & bit) != 0) {
      addition.append(addition.isEmpty() ? "" : ",").append(member);
    }
  }

  /** Where an object ends and what it lacks. */
  static final class Gap {
    private int missing;
    private int lastMember;
    private boolean empty;

    /** Steps over an object, which comes next. */
    void find(JsonScanner in) {
      missing = ALL;
      in.expect('{');
      lastMember = in.position();
      empty = in.peek() == '}';
      if (!empty) {
        do {
          missing &= ~nameBit(in);
          in.expect(':');
          in.skipValue();
          lastMember = in.position();
        } while (in.take(','));
      }
      in.expect('}');
    }
  }

  /** The object from {@code from} to {@code to}, with what it lacks. */
  byte[] fill(Gap gap, byte[] body, int from, int to) {
    if (gap.missing == 0) {
      return Arrays.copyOfRange(body, from, to);
    }
    var addition = addition(gap.missing);
    int kept = gap.lastMember - from;
    int comma = gap.empty ? 0 : 1;
    var made = new byte[kept + comma + addition.length];
    System.arraycopy(body, from, made, 0, kept);
    if (comma == 1) {
      made[kept] = ',';
    }
    System.arraycopy(addition, 0, made, kept + comma, addition.length);
    return made;
  }

  private static int nameBit(JsonScanner in) {
    if (in.peek() != '"') {
      throw in.malformed();
    }
    int from = in.position();
    in.skipString();
    if (!in.wasEscaped()) {
      return switch (in.position() - from - 2) {
        case TIMESTAMP_LENGTH -> in.isName(from, TIMESTAMP) ? 1 : 0;
        case SOURCE_LENGTH -> in.isName(from, SOURCE) ? 2 : 0;
        case SERVER_TIME_LENGTH -> in.isName(from, SERVER_TIME) ? 4 : 0;
        default -> 0;
      };
    }
    if (in.isName(from, TIMESTAMP)) {
      return 1;
    }
    if (in.isName(from, SOURCE)) {
      return 2;
    }
    return in.isName(from, SERVER_TIME) ? 4 : 0;
  }
}
