package io.kafkafetch.adapter.http.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkafetch.adapter.http.server.RouteGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The description of the API (OpenAPI 3.1), put together from the parts that the groups of routes
 * bring. Written by hand: it is a promise, not a print of the code. A test compares the two.
 */
final class OpenApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SHARED =
      List.of("schemas", "parameters", "responses", "headers", "requestBodies", "examples");

  private OpenApiDocument() {}

  /**
   * The whole description.
   *
   * @param version of the product
   */
  static byte[] of(String version, List<? extends RouteGroup> groups) {
    try {
      var whole = read("base");
      ((ObjectNode) whole.get("info")).put("version", version);
      for (var group : groups) {
        add(read(group.description()), whole);
      }
      return JSON.writeValueAsBytes(whole);
    } catch (IOException e) {
      throw new UncheckedIOException("A part of the API's description cannot be read", e);
    }
  }

  private static void add(ObjectNode part, ObjectNode whole) {
    part.path("tags").forEach(whole.withArrayProperty("tags")::add);
    merge(part.withObjectProperty("paths"), whole.withObjectProperty("paths"));
    var components = whole.withObjectProperty("components");
    for (var kind : SHARED) {
      if (part.at("/components/" + kind) instanceof ObjectNode named) {
        merge(named, components.withObjectProperty(kind));
      }
    }
  }

  private static void merge(ObjectNode part, ObjectNode whole) {
    for (var entry : part.properties()) {
      if (whole.has(entry.getKey())) {
        throw new IllegalStateException(entry.getKey() + " is described twice");
      }
      whole.set(entry.getKey(), entry.getValue());
    }
  }

  private static ObjectNode read(String name) throws IOException {
    try (var in = OpenApiDocument.class.getResourceAsStream("openapi/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("The group " + name + " brings no description");
      }
      return (ObjectNode) JSON.readTree(in);
    }
  }
}
