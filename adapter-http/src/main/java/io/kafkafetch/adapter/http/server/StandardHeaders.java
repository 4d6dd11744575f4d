package io.kafkafetch.adapter.http.server;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;

/** What every answer carries. */
final class StandardHeaders {
  /** Names the request in the answer and in the log. */
  static final String REQUEST_ID = "X-Request-Id";

  private static final HttpField NO_SNIFF =
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
  private static final HttpField NO_FRAME = new PreEncodedHttpField("X-Frame-Options", "DENY");
  private static final HttpField NO_REFERRER =
      new PreEncodedHttpField("Referrer-Policy", "no-referrer");
  private static final HttpField OWN_ONLY =
      new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin");
  private static final HttpField NO_STORE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
  private static final HttpField NOTHING_RUNS =
      new PreEncodedHttpField(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

  private StandardHeaders() {}

  static void put(Response response, String reference) {
    var fields = response.getHeaders();
    fields.put(NO_SNIFF);
    fields.put(NO_FRAME);
    fields.put(NO_REFERRER);
    fields.put(OWN_ONLY);
    fields.put(NO_STORE);
    fields.put(NOTHING_RUNS);
    fields.put(REQUEST_ID, reference);
  }
}
