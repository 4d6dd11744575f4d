package io.kafkafetch.domain.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies values that JSON can say, in one form each. */
final class JsonData {
  /** Half of what JSON parsers commonly take; also ends a map that contains itself. */
  private static final int MAX_DEPTH = 500;

  /** Parsers refuse longer numbers, since reading them costs more than linear time. */
  private static final int MAX_NUMBER_LENGTH = 1000;

  /** A short text such as 1E+999999999 would fill the memory of whoever expands it. */
  private static final int MAX_SCALE = 10_000;

  private JsonData() {}

  static Map<String, @Nullable Object> copyOf(Map<?, ?> object, String path) {
    return copyOf(object, path, 1);
  }

  private static Map<String, @Nullable Object> copyOf(Map<?, ?> object, String path, int depth) {
    requireDepth(depth, path);
    var copy = new LinkedHashMap<String, @Nullable Object>();
    object.forEach((key, value) -> {
      if (!(key instanceof String name)) {
        throw new IllegalArgumentException(path + " must have String keys, not " + typeName(key));
      }
      copy.put(name, copyOf(value, path, name, depth + 1));
    });
    return Collections.unmodifiableMap(copy);
  }

  private static List<@Nullable Object> copyOf(List<?> array, String path, int depth) {
    requireDepth(depth, path);
    var copy = new ArrayList<@Nullable Object>(array.size());
    for (Object element : array) {
      copy.add(copyOf(element, path, "[" + copy.size() + "]", depth + 1));
    }
    return Collections.unmodifiableList(copy);
  }

  private static @Nullable Object copyOf(
      @Nullable Object value, String parent, String name, int depth) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean truth -> truth;
      case Number number -> canonical(number, parent, name);
      case Map<?, ?> object -> copyOf(object, path(parent, name), depth);
      case List<?> array -> copyOf(array, path(parent, name), depth);
      default -> throw notJson(value, path(parent, name));
    };
  }

  private static Number canonical(Number number, String parent, String name) {
    return switch (number) {
      case Long whole -> whole;
      case Integer whole -> whole.longValue();
      case Short whole -> whole.longValue();
      case Byte whole -> whole.longValue();
      case BigInteger whole when whole.bitLength() < Long.SIZE -> whole.longValueExact();
      case BigInteger whole -> bounded(whole, parent, name);
      case BigDecimal decimal when Math.abs((long) decimal.scale()) <= MAX_SCALE ->
          bounded(decimal, parent, name);
      case BigDecimal _ ->
          throw new IllegalArgumentException(
              path(parent, name) + " must be a number with an exponent of at most " + MAX_SCALE);
      case Double decimal when Double.isFinite(decimal) -> BigDecimal.valueOf(decimal);
      case Float decimal when Float.isFinite(decimal) -> new BigDecimal(decimal.toString());
      case Double _, Float _ ->
          throw new IllegalArgumentException(
              path(parent, name) + " must be a finite number, not " + number);
      default -> throw notJson(number, path(parent, name));
    };
  }

  private static Number bounded(Number number, String parent, String name) {
    if (number.toString().length() > MAX_NUMBER_LENGTH) {
      throw new IllegalArgumentException(
          path(parent, name) + " must be a number of at most " + MAX_NUMBER_LENGTH + " characters");
    }
    return number;
  }

  private static void requireDepth(int depth, String path) {
    if (depth > MAX_DEPTH) {
      // The path itself would be hundreds of names long.
      throw new IllegalArgumentException(
          path.substring(0, Math.min(path.length(), 100))
              + "… is nested more than "
              + MAX_DEPTH
              + " levels deep");
    }
  }

  // Spelled out only for those who need it: a message, or a deeper level.
  private static String path(String parent, String name) {
    return name.startsWith("[") ? parent + name : parent + "." + name;
  }

  private static IllegalArgumentException notJson(Object value, String path) {
    return new IllegalArgumentException(
        path
            + " must be null, a Boolean, a String, a number, a List or a Map, not "
            + typeName(value));
  }

  private static String typeName(@Nullable Object value) {
    return value == null ? "null" : value.getClass().getName();
  }
}
