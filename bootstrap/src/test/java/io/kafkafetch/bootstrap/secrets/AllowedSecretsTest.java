package io.kafkafetch.bootstrap.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.kafkafetch.application.delivery.SecretReferences.Resolution;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Secret references")
final class AllowedSecretsTest {
  @TempDir private Path home;

  @Test
  void resolveWhereverTheyAreInAConfiguration() throws IOException {
    var file = Files.writeString(home.resolve("token"), "from-a-file\n");
    var config =
        new ProcessorConfig(
            Map.of(
                "dsn", "postgresql://u:${env:MY_PASSWORD}@db/f",
                "headers", Map.of("Authorization", "Bearer ${file:" + file + "}"),
                "list", List.of("${env:MY_PASSWORD}", 7L)));

    var resolved = assertInstanceOf(Resolution.Resolved.class, resolve(config)).config();

    assertEquals("postgresql://u:pa%24%24@db/f", resolved.text("dsn"));
    assertEquals("Bearer from-a-file", resolved.texts("headers").get("Authorization"));
    assertEquals(List.of("pa$$", 7L), resolved.values().get("list"));
  }

  @Test
  void nameNoOtherHostWithWhatIsSpecialInAUrl() {
    var secrets =
        new AllowedSecrets(
            Optional.of("MY_"), List.of(), Map.of("MY_PASSWORD", "a b@evil.example/x?y=1#%"));
    var config =
        new ProcessorConfig(
            Map.of(
                "dsn", "jdbc:postgresql://u:${env:MY_PASSWORD}@db/f",
                "whole", "${env:MY_PASSWORD}"));

    var resolved = assertInstanceOf(Resolution.Resolved.class, secrets.resolve(config)).config();

    assertEquals(
        "jdbc:postgresql://u:a%20b%40evil.example%2Fx%3Fy%3D1%23%25@db/f", resolved.text("dsn"));
    assertEquals("a b@evil.example/x?y=1#%", resolved.text("whole"));
  }

  @Test
  void areNotLookedForInASecret() {
    var secrets =
        new AllowedSecrets(
            Optional.of("MY_"), List.of(), Map.of("MY_A", "${env:MY_B}", "MY_B", "deeper"));

    var resolved =
        assertInstanceOf(
                Resolution.Resolved.class,
                secrets.resolve(new ProcessorConfig(Map.of("a", "${env:MY_A}"))))
            .config();

    assertEquals("${env:MY_B}", resolved.text("a"));
  }

  @Test
  void toOtherVariablesAreNotAllowed() {
    assertEquals(
        "${env:HOME} is not allowed: only names that start with MY_ are", reason("${env:HOME}"));
  }

  @Test
  void toVariablesThatAreNotSetAreSaidSo() {
    assertEquals("The environment variable MY_OTHER is not set", reason("${env:MY_OTHER}"));
  }

  @Test
  void outOfTheRootsAreNotAllowedWhetherOrNotThereIsSuchAFile() throws IOException {
    var outside = Files.createTempFile("outside", ".txt");
    try {
      var link = Files.createSymbolicLink(home.resolve("link"), outside);
      for (var path : List.of("/etc/hostname", "/no/such/file", home + "/../x", "token")) {
        assertEquals(
            "${file:" + path + "} is not allowed: only files under SECRET_ROOTS are",
            reason("${file:" + path + "}"));
      }
      assertEquals(
          "${file:" + link + "} is not allowed: only files under SECRET_ROOTS are",
          reason("${file:" + link + "}"));
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void toAMissingFileUnderARootAreSaidSo() {
    var path = home.resolve("missing");

    assertEquals("The file of ${file:" + path + "} cannot be read", reason("${file:" + path + "}"));
  }

  @Test
  void areAllRefusedWhenNothingIsConfigured() {
    var none = new AllowedSecrets(Optional.empty(), List.of(), Map.of("MY_PASSWORD", "x"));

    var environment = none.resolve(new ProcessorConfig(Map.of("a", "${env:MY_PASSWORD}")));
    var file = none.resolve(new ProcessorConfig(Map.of("a", "${file:/etc/hostname}")));

    assertEquals(
        new Resolution.Unresolved(
            "${env:MY_PASSWORD} is not allowed: SECRET_ENV_PREFIX is not set"),
        environment);
    assertEquals(
        new Resolution.Unresolved("${file:/etc/hostname} is not allowed: SECRET_ROOTS is not set"),
        file);
  }

  @Test
  void neverTellASecretInAReason() throws IOException {
    var large = Files.writeString(home.resolve("large"), "geheim".repeat(20_000));

    assertFalse(reason("${file:" + large + "}").contains("geheim"));
  }

  private String reason(String text) {
    var config = new ProcessorConfig(Map.of("key", text));
    return assertInstanceOf(Resolution.Unresolved.class, resolve(config)).reason();
  }

  private Resolution resolve(ProcessorConfig config) {
    return new AllowedSecrets(
            Optional.of("MY_"), List.of(home), Map.of("MY_PASSWORD", "pa$$", "HOME", "/root"))
        .resolve(config);
  }
}
