package io.kafkafetch.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** The HTTP clients that a loop process can be; words are what the question says to it. */
public final class Clients {
  private static final String JSON = "application/json";

  private Clients() {}

  /** {@code port path topic connections seconds}: one record a request; requests a second. */
  public static double single(List<String> words) throws Exception {
    int port = Integer.parseInt(words.get(0));
    var request = HttpLoad.request("POST", words.get(1), JSON, port, record(words.get(2), true));
    return HttpLoad.run(
        port, request, Integer.parseInt(words.get(3)), Double.parseDouble(words.get(4)));
  }

  /** {@code port topic size enrich connections seconds}: records a second. */
  public static double batch(List<String> words) throws Exception {
    int port = Integer.parseInt(words.get(0));
    int size = Integer.parseInt(words.get(2));
    boolean enrich = Boolean.parseBoolean(words.get(3));
    var body = new StringBuilder("[");
    for (int i = 0; i < size; i++) {
      body.append(i == 0 ? "" : ",").append(new String(record(words.get(1), enrich), UTF_8));
    }
    var request =
        HttpLoad.request(
            "POST", "/produce/batch", JSON, port, body.append(']').toString().getBytes(UTF_8));
    return size
        * HttpLoad.run(
            port, request, Integer.parseInt(words.get(4)), Double.parseDouble(words.get(5)));
  }

  /** {@code port topic enrich records}: all of them in one request; records a second. */
  public static double ndjson(List<String> words) throws Exception {
    var topic = words.get(1);
    boolean enrich = Boolean.parseBoolean(words.get(2));
    return NdjsonLoad.run(
        Integer.parseInt(words.get(0)),
        head(topic, enrich),
        "}\n".getBytes(ISO_8859_1),
        Integer.parseInt(words.get(3)));
  }

  /** {@code port session records}: polls of 500 until all have come; records a second. */
  public static double session(List<String> words) throws Exception {
    int port = Integer.parseInt(words.get(0));
    var body = "{\"max_records\": 500, \"timeout_ms\": 5000}".getBytes(UTF_8);
    var path = "/api/consumers/" + words.get(1) + "/consume";
    return HttpLoad.untilRecords(
        port, HttpLoad.request("POST", path, JSON, port, body), Long.parseLong(words.get(2)));
  }

  private static byte[] record(String topic, boolean enrich) {
    return (head(topic, enrich) + new String(Records.value(1), UTF_8) + "}").getBytes(UTF_8);
  }

  private static String head(String topic, boolean enrich) {
    return "{\"topic\":\"" + topic + "\"," + (enrich ? "" : "\"enrich\":false,") + "\"message\":";
  }
}
