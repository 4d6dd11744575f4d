package io.kafkafetch.adapter.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedTablesTest {
  private static final Path MODULE = Path.of("").toAbsolutePath();

  @Test
  void theCommittedTablesAreThoseOfTheMigrations(@TempDir Path folder) throws Exception {
    var server = EmbeddedPostgreSql.shared();

    GeneratedTables.generate(
        server.createDatabase("generated"),
        MODULE.resolve("src/main/resources/db-migration"),
        folder);

    assertEquals(
        texts(folder),
        texts(MODULE.resolve("src/main/generated")),
        "generate them anew: mvn -Pcodegen -pl adapter-persistence -am test-compile");
  }

  private static SortedMap<String, String> texts(Path folder) throws IOException {
    var texts = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> texts.put(folder.relativize(file).toString(), text(file)));
    }
    return texts;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
