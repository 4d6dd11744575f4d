package io.kafkafetch.adapter.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON as RFC 8259 has it and no other way: UTF-8, one value, no name twice in an object, and
 * nothing so deep or so long that reading it would hurt. Anything else is a 400 that says where.
 */
public final class StrictJson {
  /** How deep arrays and objects may be nested. */
  public static final int MAX_DEPTH = 200;

  /** How many digits a number may have. */
  public static final int MAX_DIGITS = 400;

  /** How long a name may be, in characters. */
  public static final int MAX_NAME = 4_096;

  private static final int MAX_TEXT = 64 << 20;
  private static final String WHERE_IT_ENDS = "The body is not complete JSON: it ends too early";

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_DIGITS)
                  .maxNameLength(MAX_NAME)
                  .maxStringLength(MAX_TEXT)
                  .build())
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private StrictJson() {}

  /**
   * The one value in a body.
   *
   * @throws ProblemException 400 for anything else
   */
  public static JsonNode read(byte[] body, int length) {
    requireUtf8(body, length);
    try (var parser = FACTORY.createParser(body, 0, length)) {
      if (parser.nextToken() == null) {
        throw bad("The body is empty; JSON is expected.");
      }
      JsonNode value = MAPPER.readTree(parser);
      if (parser.nextToken() != null) {
        throw bad("The body goes on after its JSON value" + at(parser.currentTokenLocation()));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory cannot fail", e);
    }
  }

  /**
   * A parser for values that are read one after the other, such as NDJSON, under the same limits.
   * What it throws is turned into a problem by {@link #malformed}.
   */
  public static JsonParser parser(InputStream body) throws IOException {
    return FACTORY.createParser(body);
  }

  /** What a caller is told about JSON that could not be read: where, but nothing of our insides. */
  public static ProblemException malformed(JsonProcessingException failure) {
    var where = at(failure.getLocation());
    return bad(
        switch (failure) {
          case StreamConstraintsException _ ->
              "The body's JSON goes beyond a limit ("
                  + MAX_DEPTH
                  + " levels of nesting, "
                  + MAX_DIGITS
                  + " digits in a number, "
                  + MAX_NAME
                  + " characters in a name)"
                  + where;
          case JsonEOFException _ -> WHERE_IT_ENDS + where;
          default ->
              String.valueOf(failure.getOriginalMessage()).startsWith("Duplicate field")
                  ? "The body's JSON has a name twice in one object" + where
                  : "The body is not valid JSON" + where;
        });
  }

  /** The parser itself lets some wrong bytes pass, and would read other encodings, too. */
  private static void requireUtf8(byte[] body, int length) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(body, 0, length);
    var out = CharBuffer.allocate(8_192);
    try {
      while (true) {
        var result = decoder.decode(in, out.clear(), true);
        if (result.isUnderflow()) {
          break;
        }
        if (result.isError()) {
          result.throwException();
        }
      }
    } catch (CharacterCodingException e) {
      throw bad("The body is not UTF-8: its byte " + (in.position() + 1) + " is wrong.");
    }
    for (int i = 0; i < Math.min(4, length); i++) {
      if (body[i] == 0) {
        throw bad("The body is not JSON in UTF-8.");
      }
    }
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(HttpError.BAD_REQUEST, detail);
  }

  private static String at(JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? "."
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
  }
}
