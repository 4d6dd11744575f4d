package io.kafkafetch.adapter.persistence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A processor's configuration as JSON, its keys in their order. */
final class ConfigJson {
  private ConfigJson() {}

  /**
   * Writes it.
   *
   * @throws IllegalArgumentException for a value that a configuration cannot hold
   */
  static ObjectNode write(ProcessorConfig config) {
    return object(config.values());
  }

  static ProcessorConfig read(JsonNode node) {
    return new ProcessorConfig(values(node));
  }

  private static ObjectNode object(Map<?, ?> values) {
    var node = Json.object();
    values.forEach((name, value) -> node.set(String.valueOf(name), value(value)));
    return node;
  }

  private static JsonNode value(Object value) {
    return switch (value) {
      case String text -> TextNode.valueOf(text);
      case Boolean flag -> BooleanNode.valueOf(flag);
      case Long whole -> LongNode.valueOf(whole);
      case Double fraction when Double.isFinite(fraction) -> DoubleNode.valueOf(fraction);
      case List<?> list -> Json.array(list, ConfigJson::value);
      case Map<?, ?> map -> object(map);
      default ->
          throw new IllegalArgumentException(
              "A configuration holds texts, flags, Long, finite Double, lists and maps, not "
                  + value.getClass().getName());
    };
  }

  private static Map<String, Object> values(JsonNode node) {
    var values = new LinkedHashMap<String, Object>();
    node.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
    return Collections.unmodifiableMap(values);
  }

  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.isIntegralNumber() ? wholeNumber(node) : node.doubleValue();
      case ARRAY -> {
        var list = new ArrayList<>(node.size());
        node.forEach(item -> list.add(value(item)));
        yield Collections.unmodifiableList(list);
      }
      case OBJECT -> values(node);
      case NULL, MISSING, BINARY, POJO -> throw new Json.Unreadable("has an empty value");
    };
  }

  private static Object wholeNumber(JsonNode node) {
    if (!node.canConvertToLong()) {
      throw new Json.Unreadable("has a whole number that is too large");
    }
    return node.longValue();
  }
}
