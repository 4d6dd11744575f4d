package io.kafkafetch.bootstrap.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Reads a live tail as a browser does. */
final class EventSource implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final BufferedReader lines;
  private String id = "";

  EventSource(WiredServer server, String topic, String lastEventId) throws Exception {
    var request = HttpRequest.newBuilder(server.uri("/messages/" + topic + "/stream"));
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    lines =
        new BufferedReader(
            new InputStreamReader(
                client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).body(),
                UTF_8));
  }

  String id() {
    return id;
  }

  void awaitId() throws IOException {
    while (id.isEmpty()) {
      line();
    }
  }

  JsonNode next() throws IOException {
    while (true) {
      var line = line();
      if (line.startsWith("data: ")) {
        return WiredServer.JSON.readTree(line.substring(6));
      }
    }
  }

  private String line() throws IOException {
    var line = lines.readLine();
    if (line == null) {
      throw new IOException("The stream ended");
    }
    if (line.startsWith("id: ")) {
      id = line.substring(4);
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    client.shutdownNow();
    lines.close();
  }
}
