package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a request, follows where it is sent on, and says what became of its records. */
final class RequestSender {
  private static final Logger LOG = LoggerFactory.getLogger(RequestSender.class);
  private static final int MAX_REDIRECTS = 5;

  private final Wire wire;
  private final AnswerRules rules;
  private final Duration timeout;

  RequestSender(Wire wire, AnswerRules rules, Duration timeout) {
    this.wire = wire;
    this.rules = rules;
    this.timeout = timeout;
  }

  /** Why the request's records were not taken; empty when they were. Waits for the timeout. */
  Optional<Cause> send(OutgoingRequest request, int records) {
    var deadline = Deadline.in(timeout);
    var next = request;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      var origin = next.destination().origin();
      Answer answer;
      try {
        answer = wire.send(next, deadline);
      } catch (IOException | HttpException e) {
        LOG.debug("A request to {} got no answer", origin, e);
        return Optional.of(ConnectionTrouble.cause(e, origin));
      } catch (RuntimeException e) {
        LOG.warn("A request to {} failed by a defect", origin, e);
        return Optional.of(ConnectionTrouble.cause(e, origin));
      }
      if (answer.status() < 300 || answer.status() >= 400) {
        return rules.cause(answer, origin, records);
      }
      var redirect = redirect(next, answer);
      switch (redirect) {
        case Redirect.Followed followed -> next = followed.request();
        case Redirect.Refused refused -> {
          return Optional.of(
              new Cause.Fatal(origin + " answered " + answer.status() + ": " + refused.why()));
        }
      }
    }
    return Optional.of(
        new Cause.Fatal(
            request.destination().origin()
                + " redirects more than "
                + MAX_REDIRECTS
                + " times; set endpoint_url to the place that takes records"));
  }

  private sealed interface Redirect {
    record Followed(OutgoingRequest request) implements Redirect {}

    record Refused(String why) implements Redirect {}
  }

  /**
   * Only 307 and 308 keep method and body for certain (RFC 9110, section 15.4); a client that obeys
   * the others would send a GET without the record, and take its 200 for a delivery.
   */
  private static Redirect redirect(OutgoingRequest request, Answer answer) {
    if (answer.status() != 307 && answer.status() != 308) {
      return new Redirect.Refused(
          "only the redirects 307 and 308 keep the record; set endpoint_url to the place that"
              + " takes records");
    }
    var from = request.destination();
    var target = answer.location().flatMap(location -> resolve(from.uri(), location));
    if (target.isEmpty()) {
      return new Redirect.Refused("it redirects without a usable Location");
    }
    var to = target.get();
    if (from.origin().secure() && !to.origin().secure()) {
      return new Redirect.Refused("it redirects from https to http, which would bare the records");
    }
    var headers =
        from.origin().equals(to.origin())
            ? request.headers()
            : request.headers().stream()
                .filter(header -> HeaderRules.mayFollowToAnotherOrigin(header.getName()))
                .toList();
    return new Redirect.Followed(request.to(to, headers));
  }

  private static Optional<Destination> resolve(URI base, String location) {
    try {
      var uri = base.resolve(new URI(location.strip()));
      boolean usable =
          ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getPort() != 0
              && uri.getPort() <= 65535;
      return usable ? Optional.of(Destination.of(uri)) : Optional.empty();
    } catch (URISyntaxException e) {
      // The caller says that it is not usable, without quoting it.
      return Optional.empty();
    }
  }
}
