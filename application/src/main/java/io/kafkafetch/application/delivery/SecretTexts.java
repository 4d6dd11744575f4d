package io.kafkafetch.application.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.Redaction;
import java.net.URLDecoder;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The secrets of one configuration, references resolved, to be hidden in whatever is said about it:
 * a driver may quote them in a message, and that goes into reports, logs and dead letters.
 */
public final class SecretTexts {
  /** What stands for a secret. */
  public static final String HIDDEN = "***";

  /** The password of {@code scheme://user:password@host}; greedy, since passwords may hold an @. */
  public static final Pattern URL_PASSWORD = Pattern.compile("(://[^:/@?]*):(.*)@");

  /** A password given as a parameter of a URL. */
  public static final Pattern URL_PARAMETER =
      Pattern.compile("(?i)([?&][^=&]*(?:password|secret|token|api_?key|signature)[^=&]*)=([^&]*)");

  /** HTTP headers that say nothing secret; every other header's value is hidden. */
  private static final Set<String> HARMLESS_HEADERS =
      Set.of("accept", "accept-language", "cache-control", "content-type", "user-agent");

  /** Shorter ones keep nothing from anybody, and are part of any text. */
  private static final int SHORTEST = 4;

  /** The longest first: one may be part of another. */
  private final List<String> texts;

  private SecretTexts(Set<String> texts) {
    this.texts =
        texts.stream()
            .filter(text -> text.length() >= SHORTEST)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The secrets of that configuration. */
  static SecretTexts of(ProcessorConfig config, ConfigSchema schema) {
    var found = new HashSet<String>();
    config
        .values()
        .forEach((key, value) ->
            collect(
                value,
                schema.field(key).map(ConfigField::redaction).orElse(Redaction.NONE),
                found));
    return new SecretTexts(found);
  }

  /** Whether the value of an HTTP header may be shown. */
  public static boolean isHarmlessHeader(String name) {
    return HARMLESS_HEADERS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static void collect(Object value, Redaction redaction, Set<String> found) {
    switch (redaction) {
      case NONE -> {
        // Nothing of it is one.
      }
      case WHOLE -> addWords(String.valueOf(value), found);
      case URL_PASSWORD -> {
        var password = URL_PASSWORD.matcher(String.valueOf(value));
        if (password.find()) {
          addEncoded(password.group(2), found);
        }
        URL_PARAMETER
            .matcher(String.valueOf(value))
            .results()
            .forEach(parameter -> addEncoded(parameter.group(2), found));
      }
      case HEADER_VALUES -> {
        if (value instanceof Map<?, ?> headers) {
          headers.forEach((name, text) -> {
            if (!isHarmlessHeader(String.valueOf(name))) {
              addWords(String.valueOf(text), found);
            }
          });
        }
      }
    }
  }

  /** Also the token of {@code Bearer token} alone, and each of several secrets. */
  private static void addWords(String text, Set<String> found) {
    found.add(text);
    var words = text.split("\\s+", -1);
    // A scheme such as Bearer is no secret, and would be missed in any message about it.
    int first = words.length == 2 && words[0].matches("[A-Za-z]+") ? 1 : 0;
    found.addAll(List.of(words).subList(first, words.length));
  }

  private static void addEncoded(String text, Set<String> found) {
    found.add(text);
    try {
      found.add(URLDecoder.decode(text.replace("+", "%2B"), UTF_8));
    } catch (IllegalArgumentException notEncoded) {
      // Then only the text itself can be quoted.
      found.add(text);
    }
  }

  /** The text without them. */
  String hide(String text) {
    var hidden = text;
    for (var secret : texts) {
      hidden = hidden.replace(secret, HIDDEN);
    }
    return hidden;
  }

  /** The cause, told without them. */
  Cause hide(Cause cause) {
    return switch (cause) {
      case Cause.Transient(var reason, var retryAfter) ->
          new Cause.Transient(hide(reason), retryAfter);
      case Cause.Poison(var reason, var suspects) -> new Cause.Poison(hide(reason), suspects);
      case Cause.Fatal(var reason) -> new Cause.Fatal(hide(reason));
    };
  }

  /** The same call, whose exceptions tell none of them. */
  <T> Supplier<T> guarding(Supplier<? extends T> call) {
    return () -> {
      try {
        return call.get();
      } catch (RuntimeException defect) {
        throw hide(defect);
      }
    };
  }

  /** The defect, to be thrown without them: the same, where it quotes none. */
  RuntimeException hide(RuntimeException defect) {
    return quotesOne(defect) ? hidden(defect) : defect;
  }

  private boolean quotesOne(Throwable defect) {
    for (var told = defect; told != null; told = told.getCause()) {
      var said = String.valueOf(told.getMessage());
      if (!hide(said).equals(said)) {
        return true;
      }
    }
    return false;
  }

  /** Where it happened still helps; its causes would tell again. */
  private IllegalStateException hidden(Throwable defect) {
    var hidden = new IllegalStateException(hide(String.valueOf(defect)));
    hidden.setStackTrace(defect.getStackTrace());
    return hidden;
  }
}
