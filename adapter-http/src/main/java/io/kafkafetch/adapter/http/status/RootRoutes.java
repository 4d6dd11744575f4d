package io.kafkafetch.adapter.http.status;

import io.kafkafetch.adapter.http.ServerDescription;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.Route;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What this server is and where to go on. */
public final class RootRoutes implements RouteGroup {
  /** Every place that has a name here; only those that are really there are shown. */
  private static final Map<String, String> PLACES = places();

  private final ServerDescription server;
  private Supplier<Set<String>> paths = Set::of;

  /** Routes that tell of this server. */
  public RootRoutes(ServerDescription server) {
    this.server = server;
  }

  private static Map<String, String> places() {
    var places = new LinkedHashMap<String, String>();
    places.put("health", "/health");
    places.put("consumers", "/consumers");
    places.put("processors", "/processors");
    places.put("consumergroups", "/consumergroups");
    places.put("lag", "/monitor/lag");
    places.put("produce", "/produce");
    places.put("produce_batch", "/produce/batch");
    places.put("consume", "/consume");
    places.put("topics", "/topics");
    places.put("messages", "/messages/{topic}");
    places.put("sessions", "/api/consumers/subscribe");
    places.put("metrics", "/metrics");
    places.put("docs", "/docs");
    places.put("openapi", "/openapi.json");
    return Collections.unmodifiableMap(places);
  }

  @Override
  public String description() {
    return "root";
  }

  @Override
  public void register(Router router) {
    paths = () -> router.routes().stream().map(Route::path).collect(Collectors.toSet());
    router.get("/", this::root);
  }

  private void root(Exchange exchange) throws IOException {
    exchange.query().end();
    var there = paths.get();
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("message", "Kafka Fetch Server");
          out.writeStringField("version", server.version());
          out.writeObjectFieldStart("endpoints");
          for (var place : PLACES.entrySet()) {
            if (there.contains(place.getValue())) {
              out.writeStringField(place.getKey(), place.getValue());
            }
          }
          out.writeEndObject();
          out.writeObjectFieldStart("kafka");
          out.writeArrayFieldStart("bootstrap_servers");
          for (var broker : server.bootstrapServers()) {
            out.writeString(broker);
          }
          out.writeEndArray();
          out.writeBooleanField("embedded", server.embedded());
          out.writeEndObject();
          out.writeEndObject();
        });
  }
}
