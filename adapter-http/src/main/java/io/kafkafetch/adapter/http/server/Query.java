package io.kafkafetch.adapter.http.server;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.processor.Violation;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request. What is wrong with them is noted and said all at once by {@link
 * #end}, a parameter that nobody asked for included.
 */
public final class Query {
  private static final int MAX = 1_000;

  private final Map<String, List<String>> parameters;
  private final Set<String> accepted = new LinkedHashSet<>();
  private final Violations violations = new Violations();

  private Query(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  static Query of(@Nullable String text) {
    var parameters = new LinkedHashMap<String, List<String>>();
    if (text != null && !text.isEmpty()) {
      var pairs = text.split("&", MAX + 1);
      if (pairs.length > MAX) {
        throw new ProblemException(
            HttpError.BAD_REQUEST, "The query has more than " + MAX + " parameters.");
      }
      for (var pair : pairs) {
        int equals = pair.indexOf('=');
        var name = decode(equals < 0 ? pair : pair.substring(0, equals));
        if (!name.isEmpty()) {
          parameters
              .computeIfAbsent(name, _ -> new ArrayList<>())
              .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
      }
    }
    return new Query(parameters);
  }

  /** A query with one parameter set anew and the others as they were. */
  static String with(@Nullable String text, String parameter, String value) {
    var query = new StringBuilder("?");
    of(text)
        .parameters
        .forEach((name, values) -> {
          if (!name.equals(parameter)) {
            values.forEach(each -> append(query, name, each));
          }
        });
    append(query, parameter, value);
    return query.toString();
  }

  private static void append(StringBuilder query, String name, String value) {
    query
        .append(query.length() > 1 ? "&" : "")
        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** A text that may be there once. */
  public Optional<String> text(String name) {
    var values = texts(name);
    if (values.size() > 1) {
      violations.add(name, "must be given once only");
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** A text that may be there several times. */
  public List<String> texts(String name) {
    accepted.add(name);
    return List.copyOf(parameters.getOrDefault(name, List.of()));
  }

  /** A text that must be there. */
  public String required(String name) {
    var value = text(name);
    if (value.isEmpty() || value.get().isBlank()) {
      violations.add(name, "is required and must be a text that is not blank");
    }
    return value.orElse("");
  }

  /** A whole number within bounds, both included. */
  public OptionalLong whole(String name, long min, long max) {
    var value = text(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (value.get().matches("-?\\d{1,18}")) {
      long number = Long.parseLong(value.get());
      if (number >= min && number <= max) {
        return OptionalLong.of(number);
      }
    }
    violations.add(name, "must be a whole number from " + min + " to " + max);
    return OptionalLong.empty();
  }

  /** True or false; absent is false. */
  public boolean flag(String name) {
    var value = text(name).orElse("false");
    return switch (value) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> {
        violations.add(name, "must be true or false");
        yield false;
      }
    };
  }

  /** Where what is wrong is noted. */
  public Violations violations() {
    return violations;
  }

  /** Ends the request here when anything is wrong, unknown parameters included. */
  public void end() {
    misread();
    violations.refuseIfAny();
  }

  /** What is wrong, unknown parameters included, for one who checks values to go on from. */
  public List<Violation> misread() {
    for (var name : parameters.keySet()) {
      if (!accepted.contains(name)) {
        violations.add(
            name,
            accepted.isEmpty()
                ? "is not a known query parameter; none is accepted here"
                : "is not a known query parameter; accepted are " + String.join(", ", accepted));
      }
    }
    return violations.found();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          HttpError.BAD_REQUEST, "The query is malformed: a % without two hexadecimal digits.");
    }
  }
}
