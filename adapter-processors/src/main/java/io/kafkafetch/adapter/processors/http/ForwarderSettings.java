package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration in the types that work is done with.
 *
 * @param timeout for a whole request
 * @param maxInFlight per partition, at least 1
 */
record ForwarderSettings(
    Destination destination,
    String method,
    Map<String, String> headers,
    Duration timeout,
    BatchFormat batch,
    int batchMaxRecords,
    long batchMaxBytes,
    int maxInFlight,
    Optional<String> signingSecret,
    boolean offerHttp2) {

  /**
   * The settings of a configuration that {@link #violations} finds nothing wrong with.
   *
   * @throws IllegalArgumentException otherwise
   */
  static ForwarderSettings of(ProcessorConfig config) {
    var batch = BatchFormat.of(config.text(ForwarderKeys.BATCH, "off"));
    return new ForwarderSettings(
        Destination.of(URI.create(config.text(ForwarderKeys.ENDPOINT_URL))),
        config.text(ForwarderKeys.METHOD, "POST"),
        config.texts(ForwarderKeys.HEADERS),
        Duration.ofMillis(config.whole(ForwarderKeys.TIMEOUT_MS, ForwarderKeys.DEFAULT_TIMEOUT_MS)),
        batch,
        (int)
            config.whole(ForwarderKeys.BATCH_MAX_RECORDS, ForwarderKeys.DEFAULT_BATCH_MAX_RECORDS),
        config.whole(ForwarderKeys.BATCH_MAX_BYTES, ForwarderKeys.DEFAULT_BATCH_MAX_BYTES),
        (int) config.whole(ForwarderKeys.MAX_IN_FLIGHT, 1),
        config.optionalText(ForwarderKeys.SIGNING_SECRET),
        !config.text(ForwarderKeys.HTTP_VERSION, "auto").equals("1.1"));
  }

  /**
   * What is wrong beyond the schema. A value that is yet to be replaced by a secret is not looked
   * into: it is looked at again, replaced, when the processor is opened.
   */
  static List<Violation> violations(ProcessorConfig config) {
    var found = new ArrayList<Violation>();
    config
        .optionalText(ForwarderKeys.ENDPOINT_URL)
        .filter(url -> !isReference(url))
        .flatMap(ForwarderSettings::urlViolation)
        .ifPresent(message -> found.add(new Violation(ForwarderKeys.ENDPOINT_URL, message)));
    found.addAll(headerViolations(config.texts(ForwarderKeys.HEADERS)));
    config
        .optionalText(ForwarderKeys.SIGNING_SECRET)
        .filter(secret -> !isReference(secret))
        .flatMap(WebhookSigner::violation)
        .ifPresent(message -> found.add(new Violation(ForwarderKeys.SIGNING_SECRET, message)));
    return List.copyOf(found);
  }

  private static List<Violation> headerViolations(Map<String, String> headers) {
    var found = new ArrayList<Violation>();
    var names = new HashSet<String>();
    headers.forEach((name, value) -> {
      HeaderRules.violation(name, isReference(value) ? "" : value)
          .ifPresent(message -> found.add(new Violation(ForwarderKeys.HEADERS, message)));
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        found.add(new Violation(ForwarderKeys.HEADERS, "has " + name + " more than once"));
      }
    });
    return found;
  }

  private static Optional<String> urlViolation(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return Optional.of("must be a URL such as https://example.com/events");
    }
    if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
      return Optional.of("must begin with http:// or https://");
    }
    if (uri.getRawUserInfo() != null) {
      return Optional.of(
          "must carry no user and password; put an Authorization header into headers");
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
      return Optional.of(
          "must name a host of letters, digits, '.' and '-', and a port from 1 to 65535 if any");
    }
    return uri.getRawFragment() == null
        ? Optional.empty()
        : Optional.of("must have no fragment (#…)");
  }

  private static boolean isReference(String value) {
    return value.contains("${env:") || value.contains("${file:");
  }
}
