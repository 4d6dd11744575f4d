package io.kafkafetch.adapter.http.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of the page for people. Everything comes from this server, nothing from anywhere else.
 *
 * @param resource where it lies
 * @param type its media type
 * @param ours whether it lies beside this class, or in Swagger UI's own jar
 */
record DocsFile(String resource, String type, boolean ours) {
  private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/5.34.1/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  /** The page itself. */
  static final DocsFile PAGE = new DocsFile("index.html", "text/html; charset=utf-8", true);

  /** The others by name. Nothing else of the jar is served. */
  private static final Map<String, DocsFile> OTHERS =
      Map.of(
          "swagger-ui.css", new DocsFile(WEBJAR + "swagger-ui.css", STYLE, false),
          "swagger-ui-bundle.js", new DocsFile(WEBJAR + "swagger-ui-bundle.js", SCRIPT, false),
          "favicon-32x32.png", new DocsFile(WEBJAR + "favicon-32x32.png", "image/png", false),
          "page.css", new DocsFile("page.css", STYLE, true),
          "swagger-initializer.js", new DocsFile("swagger-initializer.js", SCRIPT, true));

  static Optional<DocsFile> find(String name) {
    return Optional.ofNullable(OTHERS.get(name));
  }

  byte[] read() {
    try (var in =
        ours
            ? DocsFile.class.getResourceAsStream(resource)
            : DocsFile.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the distribution");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }
}
