package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.process.Http;
import java.io.IOException;

/** HTTP consumer sessions of this server. */
final class Sessions {
  private Sessions() {}

  /** Subscribes; the answer is the session's id. */
  static String subscribe(Http http, String group, String topic, String reset, String format)
      throws IOException, InterruptedException {
    return http.post(
            "/api/consumers/subscribe",
            """
            {"group_id": "%s", "topics": ["%s"], "auto_offset_reset": "%s"%s}
            """
                .formatted(
                    group,
                    topic,
                    reset,
                    format.equals("base64") ? "" : ", \"format\": \"" + format + "\""))
        .get("consumer_id")
        .asText();
  }

  /** Leaves. */
  static void close(Http http, String session) throws IOException, InterruptedException {
    http.delete("/api/consumers/" + session);
  }
}
