package io.kafkafetch.adapter.http.sessions;

import io.kafkafetch.adapter.http.fleet.Forwarding;
import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.Problem;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.RouteHandler;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.ConsumerSessions;
import io.kafkafetch.application.driving.Refusal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** Consumer sessions (the HTTP Consumer API). */
public final class SessionRoutes implements RouteGroup {
  private static final String ID = "consumer_id";
  private static final String SESSION = "/api/consumers/{consumer_id}";

  /** A packed answer that is smaller would not arrive sooner. */
  private static final int WORTH_PACKING = 1_024;

  private final ConsumerSessions sessions;
  private final Forwarding forwarding;
  private final InstantSource clock;

  /**
   * Routes to that conversation.
   *
   * @param forwarding to the server that has a session
   */
  public SessionRoutes(ConsumerSessions sessions, Forwarding forwarding, InstantSource clock) {
    this.sessions = sessions;
    this.forwarding = forwarding;
    this.clock = clock;
  }

  @Override
  public String description() {
    return "sessions";
  }

  @Override
  public void register(Router router) {
    router
        .post("/api/consumers/subscribe", asked(this::subscribe))
        .post(SESSION + "/consume", atIt(this::consume))
        .get(SESSION + "/stream", atIt(new SessionStream(sessions)::stream))
        .post(SESSION + "/commit", atIt(this::commit))
        .post(SESSION + "/seek", atIt(this::seek))
        .put(SESSION + "/assignment", atIt(this::assign))
        .get(SESSION + "/position", atIt(this::position))
        .delete(SESSION, atIt(this::close));
  }

  /** On the server that has the session. */
  private RouteHandler atIt(RouteHandler handler) {
    return forwarding.whereSessionIs(ID, asked(handler));
  }

  /** This API says 400 to what is well-formed but wrong, as its clients expect. */
  private static RouteHandler asked(RouteHandler handler) {
    return exchange -> {
      try {
        handler.handle(exchange);
      } catch (Refusal.Invalid wrong) {
        throw new ProblemException(
            new Problem(
                HttpError.BAD_REQUEST, wrong.detail(), wrong.violations(), Optional.empty()));
      }
    };
  }

  private void subscribe(Exchange exchange) throws IOException {
    exchange.query().end();
    var view = sessions.subscribe(SessionRequests.subscribe(exchange));
    exchange.answer(200, out -> SessionJson.write(out, view));
  }

  private void consume(Exchange exchange) throws IOException {
    var id = exchange.pathParam(ID);
    var records = new RecordJson(sessions.format(id), false);
    exchange.query().end();
    try (var answer = sessions.consume(id, SessionRequests.consume(exchange))) {
      exchange.answerPacked(
          200,
          answer.bytes() >= WORTH_PACKING,
          out -> SessionJson.write(out, answer, records, clock.millis()));
    }
  }

  private void commit(Exchange exchange) throws IOException {
    var id = known(exchange);
    exchange.query().end();
    var committed = sessions.commit(id, SessionRequests.offsets(exchange));
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeBooleanField("success", true);
          out.writeStringField(
              "message", committed.isEmpty() ? "nothing to commit" : "offsets committed");
          SessionJson.writeOffsets(out, "offsets", committed);
          out.writeEndObject();
        });
  }

  private void seek(Exchange exchange) throws IOException {
    var id = known(exchange);
    exchange.query().end();
    var seek = SessionRequests.seek(exchange);
    var token = sessions.seek(id, seek.partition(), seek.target());
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeBooleanField("success", true);
          out.writeStringField("message", "seek successful");
          out.writeStringField("next_token", token);
          out.writeEndObject();
        });
  }

  private void assign(Exchange exchange) throws IOException {
    var id = known(exchange);
    exchange.query().end();
    var view = sessions.assign(id, SessionRequests.partitions(exchange));
    exchange.answer(200, out -> SessionJson.write(out, view));
  }

  private void position(Exchange exchange) throws IOException {
    exchange.query().end();
    var positions = sessions.position(exchange.pathParam(ID));
    exchange.answer(200, out -> SessionJson.write(out, positions));
  }

  private void close(Exchange exchange) throws IOException {
    exchange.query().end();
    sessions.close(exchange.pathParam(ID));
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("message", "consumer closed");
          out.writeEndObject();
        });
  }

  /** What is not there is a 404, whatever the body says. */
  private String known(Exchange exchange) {
    var id = exchange.pathParam(ID);
    sessions.format(id);
    return id;
  }
}
