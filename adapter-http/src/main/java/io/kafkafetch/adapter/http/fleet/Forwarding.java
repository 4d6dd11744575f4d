package io.kafkafetch.adapter.http.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteHandler;
import io.kafkafetch.application.driving.Ownership;
import io.kafkafetch.application.driving.Ownership.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands requests on to the server that has what they are about. One hop: a request that was handed
 * on is answered where it arrives, so that servers which disagree cannot send it in circles.
 */
public final class Forwarding implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

  /** Says that a server of the fleet has sent this. */
  static final String FORWARDED = "Kafka-Fetch-Forwarded";

  private static final Duration SETTLE = Duration.ofSeconds(5);

  /** What our routes look at. The others are about the connection, or were judged here already. */
  private static final List<String> ASKED_WITH =
      List.of("Accept-Encoding", "Authorization", "Content-Type", "Last-Event-ID");

  private static final List<String> ANSWERED_WITH =
      List.of("Allow", "Content-Encoding", "Retry-After", "Vary", "X-Accel-Buffering");

  private final Ownership ownership;
  private final Neighbours neighbours;

  /** Forwarding to the servers that are known to own things. */
  public Forwarding(Ownership ownership) {
    this.ownership = ownership;
    this.neighbours = new Neighbours(ownership);
  }

  /** A handler that runs on the server that has the session which the path names. */
  public RouteHandler whereSessionIs(String pathParam, RouteHandler here) {
    return exchange -> {
      if (isForwarded(exchange)) {
        here.handle(exchange);
        return;
      }
      switch (ownership.ofSession(exchange.pathParam(pathParam))) {
        case Owner.Here _ -> here.handle(exchange);
        case Owner.There there -> hand(exchange, there, exchange.bytes());
      }
    };
  }

  /** The other server that reads for a group; empty when this one answers. */
  public Optional<Owner.There> elsewhere(Exchange exchange, String group) {
    return !isForwarded(exchange) && ownership.ofGroup(group) instanceof Owner.There there
        ? Optional.of(there)
        : Optional.empty();
  }

  private static boolean isForwarded(Exchange exchange) {
    return exchange.header(FORWARDED).isPresent();
  }

  /** Lets another server answer. */
  public void hand(Exchange exchange, Owner.There to, byte[] body) throws IOException {
    var _ = answer(exchange, to, request(exchange, to, body));
  }

  /**
   * Lets another server lend records to this one's caller. That server commits them only when it
   * hears that they have arrived.
   */
  public void borrow(Exchange exchange, Owner.There from, byte[] body) throws IOException {
    var loan = UUID.randomUUID().toString();
    var request = request(exchange, from, body).header(ForwardedLoans.LOAN, loan);
    boolean lent = true;
    boolean delivered = false;
    try {
      lent = answer(exchange, from, request) == 200;
      delivered = true;
    } finally {
      if (lent) {
        settle(exchange, from, loan, delivered);
      }
    }
  }

  /** Nobody waits for this: a caller has its answer by now, or none. */
  private void settle(Exchange exchange, Owner.There with, String loan, boolean delivered) {
    var body = BodyPublishers.ofByteArray(("{\"delivered\":" + delivered + "}").getBytes(US_ASCII));
    var request =
        to(exchange, with, LoanRoutes.PATH + loan)
            .setHeader("Content-Type", "application/json")
            .timeout(SETTLE)
            .PUT(body)
            .build();
    Thread.ofVirtual()
        .name("settle-" + loan)
        .start(() -> {
          try (var answer = neighbours.ask(with, request)) {
            LOG.debug("Loan {} is settled: {}", loan, answer.response().statusCode());
          } catch (ProblemException silent) {
            LOG.warn(
                "{} was not told whether its records arrived; it takes them back by itself",
                with.address());
          }
        });
  }

  private HttpRequest.Builder request(Exchange exchange, Owner.There to, byte[] body) {
    var publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    return to(exchange, to, exchange.target()).method(exchange.method(), publisher);
  }

  private static HttpRequest.Builder to(Exchange exchange, Owner.There server, String target) {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + server.address() + target))
            .header(FORWARDED, "1")
            .header("X-Request-Id", exchange.reference());
    for (var name : ASKED_WITH) {
      exchange.header(name).ifPresent(value -> request.header(name, value));
    }
    return request;
  }

  /** The status that the other server answered with, after all of its answer was written. */
  private int answer(Exchange exchange, Owner.There to, HttpRequest.Builder request)
      throws IOException {
    try (var answer = neighbours.ask(to, request.build())) {
      var head = answer.response();
      for (var name : ANSWERED_WITH) {
        head.headers().firstValue(name).ifPresent(value -> exchange.answerHeader(name, value));
      }
      var type = head.headers().firstValue("Content-Type").orElse("application/octet-stream");
      if (type.startsWith("text/event-stream")) {
        exchange.answerStream(head.statusCode(), type, out -> copyAsItComes(head.body(), out));
      } else {
        exchange.answerWritten(head.statusCode(), type, out -> copyAsItComes(head.body(), out));
      }
      return head.statusCode();
    }
  }

  private static void copyAsItComes(InputStream from, OutputStream to) throws IOException {
    var piece = new byte[8 << 10];
    for (int read = read(from, piece); read >= 0; read = read(from, piece)) {
      to.write(piece, 0, read);
      if (from.available() == 0) {
        to.flush();
      }
    }
  }

  /** What goes wrong with reading is about the other server, with writing about the caller. */
  private static int read(InputStream from, byte[] piece) throws IOException {
    try {
      return from.read(piece);
    } catch (IOException e) {
      throw Neighbours.gone();
    }
  }

  /** Ends what is being handed on: its callers are told that this server stops. */
  @Override
  public void close() {
    neighbours.close();
  }
}
