package io.kafkafetch.adapter.http.server;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks what a body says it is. */
final class MediaTypes {
  private MediaTypes() {}

  /** Bodies are taken as they are: one that unpacks to a thousandfold is not unpacked here. */
  static void requireUnpacked(@Nullable String contentEncoding) {
    if (contentEncoding != null && !contentEncoding.strip().equalsIgnoreCase("identity")) {
      throw new ProblemException(
          HttpError.UNSUPPORTED_MEDIA_TYPE, "Bodies are accepted without Content-Encoding only.");
    }
  }

  /**
   * Accepts {@code application/json} and {@code application/*+json}, in UTF-8, and a body that does
   * not say what it is, as the servers of the earlier APIs did.
   */
  static void requireJson(@Nullable String contentType) {
    if (contentType == null) {
      return;
    }
    var parts = contentType.toLowerCase(Locale.ROOT).split(";", 8);
    var type = parts[0].strip();
    boolean json =
        type.equals("application/json")
            || (type.startsWith("application/") && type.endsWith("+json"));
    for (int i = 1; i < parts.length && json; i++) {
      var parameter = parts[i].strip();
      json = !parameter.startsWith("charset=") || isUtf8(parameter.substring("charset=".length()));
    }
    if (!json) {
      throw new ProblemException(
          HttpError.UNSUPPORTED_MEDIA_TYPE,
          "The body must be JSON in UTF-8, with Content-Type: application/json.");
    }
  }

  private static boolean isUtf8(String charset) {
    var name = charset.strip().replace("\"", "");
    return name.equals("utf-8") || name.equals("utf8") || name.equals("us-ascii");
  }
}
