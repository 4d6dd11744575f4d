package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kafka's own reader makes of a line that holds somebody else's texts. */
class JaasLineTest {
  private static final String NASTY = "\"'\\;= ${}#/*\tna1û–\uD83D\uDE00".replace("\t", "");

  static Stream<String> texts() {
    var random = new Random(7);
    return Stream.concat(
        Stream.of(
            "\"; evil.Module required x=\"",
            "\\\"; evil.Module required x=\\\"",
            "\\",
            "\\\\\"",
            "\\n\\101",
            "a\" debug=\"true",
            "// comment",
            "/* comment */",
            "'single'"),
        IntStream.range(0, 500).mapToObj(_ -> random(random)));
  }

  private static String random(Random random) {
    var text = new StringBuilder();
    int length = 1 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.append(NASTY.charAt(random.nextInt(NASTY.length())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void itsTextsStayWhatTheyAreAndNameNothingElse(String text) {
    var line = JaasLine.plain(text, text);

    var entries =
        JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, line))
            .configurationEntries();

    assertEquals(1, entries.size());
    assertEquals(PlainLoginModule.class.getName(), entries.getFirst().getLoginModuleName());
    assertEquals(Map.of("username", text, "password", text), entries.getFirst().getOptions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "\u0085"})
  void aControlCharacterIsRefusedWithoutBeingRepeated(String text) {
    var refused =
        assertThrows(UnusableClientConfigException.class, () -> JaasLine.plain("u", text));

    assertEquals(
        "client_config holds a user, password or token with a line break or another control"
            + " character",
        refused.reason());
  }
}
