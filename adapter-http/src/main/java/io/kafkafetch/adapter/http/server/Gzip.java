package io.kafkafetch.adapter.http.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Packs an answer for a client that asked for it: fast rather than small. */
final class Gzip extends GZIPOutputStream {
  private static final int CHUNK = 8 << 10;

  Gzip(OutputStream out) throws IOException {
    super(out, CHUNK);
    def.setLevel(Deflater.BEST_SPEED);
  }

  /** Frees the memory outside the heap, whether or not the answer was finished. */
  void end() {
    def.end();
  }

  /** Whether {@code Accept-Encoding} asks for it (RFC 9110, 12.5.3). */
  static boolean isAskedFor(Optional<String> acceptEncoding) {
    for (var coding : acceptEncoding.orElse("").toLowerCase(Locale.ROOT).split(",", 32)) {
      var parts = coding.split(";", 2);
      if (parts[0].strip().equals("gzip")) {
        return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0{0,3})?");
      }
    }
    return false;
  }
}
