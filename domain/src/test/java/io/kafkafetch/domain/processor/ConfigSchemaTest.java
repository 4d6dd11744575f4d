package io.kafkafetch.domain.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigSchemaTest {
  private static final ConfigSchema SCHEMA =
      ConfigSchema.of(
          ConfigField.required("file_path", new FieldType.Text(10), "Where."),
          ConfigField.withDefault("size", new FieldType.Whole(1, 9), 5L, "How large."),
          ConfigField.optional("mode", new FieldType.Choice(List.of("a", "b")), "How."),
          ConfigField.optional("flag", new FieldType.Flag(), "Whether."),
          ConfigField.optional("headers", new FieldType.Texts(1, 3), "Which."));

  private static List<String> wrong(Map<String, Object> config) {
    return SCHEMA.validate(new ProcessorConfig(config)).stream().map(Violation::field).toList();
  }

  @Test
  void acceptsWhatEveryFieldAccepts() {
    assertEquals(
        List.of(),
        wrong(
            Map.of(
                "file_path",
                "/a",
                "size",
                9L,
                "mode",
                "b",
                "flag",
                true,
                "headers",
                Map.of("x", "y"))));
  }

  @Test
  void namesTheMissingKeyAndTheAcceptedOnes() {
    var violation = SCHEMA.validate(ProcessorConfig.empty()).getFirst();

    assertEquals("file_path", violation.field());
    assertTrue(violation.message().contains("file_path (required), size, mode, flag, headers"));
  }

  @Test
  void namesAnUnknownKey() {
    assertEquals(List.of("path"), wrong(Map.of("file_path", "/a", "path", "/b")));
  }

  @Test
  void namesEveryValueOfAnotherType() {
    assertEquals(
        List.of("file_path", "size", "mode", "flag", "headers"),
        wrong(
            Map.of(
                "file_path",
                " ",
                "size",
                10L,
                "mode",
                "c",
                "flag",
                "true",
                "headers",
                Map.of("x", "long"))));
  }

  @Test
  void cannotHaveAKeyTwice() {
    var field = ConfigField.optional("a", new FieldType.Flag(), "Whether.");

    assertThrows(IllegalArgumentException.class, () -> ConfigSchema.of(field, field));
  }
}
