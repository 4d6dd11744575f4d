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

  /** The connections that requests over plain http may be sent on. */
  ConnectionPool connections() {
    return wire.connections();
  }

  /** When a request that is sent now must be answered. */
  Deadline deadline() {
    return Deadline.in(timeout);
  }

  /** Why the request's records were not taken; empty when they were. Waits for the timeout. */
  Optional<Cause> send(OutgoingRequest request, int records) {
    return send(request, records, deadline(), wire::send);
  }

  /** The same by the deadline, on a connection of its own. */
  Optional<Cause> sendAnew(OutgoingRequest request, int records, Deadline deadline) {
    return send(request, records, deadline, wire::sendAnew);
  }

  private Optional<Cause> send(
      OutgoingRequest request, int records, Deadline deadline, Way firstWay) {
    var next = request;
    var way = firstWay;
    for (int redirects = 0; ; redirects++) {
      Answer answer;
      try {
        answer = way.send(next, deadline);
      } catch (IOException | HttpException | RuntimeException e) {
        return Optional.of(cause(e, next));
      }
      if (!answer.isRedirect()) {
        return cause(answer, next, records);
      }
      var origin = next.destination().origin();
      switch (redirect(next, answer)) {
        case Redirect.Followed followed -> next = followed.request();
        case Redirect.Refused refused -> {
          return Optional.of(
              new Cause.Fatal(origin + " answered " + answer.status() + ": " + refused.why()));
        }
      }
      if (redirects == MAX_REDIRECTS) {
        return Optional.of(endless(request));
      }
      way = wire::send;
    }
  }

  private static Cause endless(OutgoingRequest request) {
    return new Cause.Fatal(
        request.destination().origin()
            + " redirects more than "
            + MAX_REDIRECTS
            + " times; set endpoint_url to the place that takes records");
  }

  /** What it means for the records that their request was not answered. */
  Cause cause(Exception failure, OutgoingRequest request) {
    var origin = request.destination().origin();
    if (failure instanceof RuntimeException) {
      LOG.warn("A request to {} failed by a defect", origin, failure);
    } else {
      LOG.debug("A request to {} got no answer", origin, failure);
    }
    return ConnectionTrouble.cause(failure, origin);
  }

  /** What an answer that is no redirect means for the records. */
  Optional<Cause> cause(Answer answer, OutgoingRequest request, int records) {
    return rules.cause(answer, request.destination().origin(), records);
  }

  /** Goes on after the first answer to the request, which is a redirect. */
  Optional<Cause> follow(
      OutgoingRequest request, int records, Deadline deadline, Answer redirection) {
    return send(request, records, deadline, (_, _) -> redirection);
  }

  @FunctionalInterface
  private interface Way {
    Answer send(OutgoingRequest request, Deadline deadline) throws IOException, HttpException;
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
    boolean same = from.origin().equals(to.origin());
    var headers =
        request
            .allHeaders()
            .filter(header -> same || HeaderRules.mayFollowToAnotherOrigin(header.getName()))
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
