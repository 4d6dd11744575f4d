package io.kafkafetch.adapter.http.consume;

import io.kafkafetch.adapter.http.fleet.ForwardedLoans;
import io.kafkafetch.adapter.http.fleet.Forwarding;
import io.kafkafetch.adapter.http.json.JsonObjectReader;
import io.kafkafetch.adapter.http.json.StrictJson;
import io.kafkafetch.adapter.http.problem.Problem;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.adapter.http.problem.Problems;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.Consuming;
import io.kafkafetch.application.driving.GroupRead;
import io.kafkafetch.application.driving.Loan;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.TopicName;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Reading as a member of a group (the Consumer Server's {@code /consume}). */
public final class ConsumeRoutes implements RouteGroup {
  private static final int MOST_MESSAGES = 10_000;
  private static final int STANDARD_MESSAGES = 10;
  private static final int LONGEST_SECONDS = 300;
  private static final double STANDARD_SECONDS = 5.0;

  private final Consuming consuming;
  private final String group;
  private final Forwarding forwarding;
  private final ForwardedLoans loans;

  /**
   * Routes to that conversation.
   *
   * @param group whose member reads where the caller names no group
   * @param forwarding to the server that reads for a group
   * @param loans what this server lends to callers of others
   */
  public ConsumeRoutes(
      Consuming consuming, String group, Forwarding forwarding, ForwardedLoans loans) {
    this.consuming = consuming;
    this.group = group;
    this.forwarding = forwarding;
    this.loans = loans;
  }

  @Override
  public String description() {
    return "consume";
  }

  @Override
  public void register(Router router) {
    router.post("/consume", this::consume);
  }

  private void consume(Exchange exchange) throws IOException {
    exchange.query().end();
    var bytes = exchange.jsonBytes();
    var request = request(bytes);
    var elsewhere = forwarding.elsewhere(exchange, request.group());
    if (elsewhere.isPresent()) {
      if (request.token().isPresent()) {
        // Committed by the next call, which says what has arrived.
        forwarding.hand(exchange, elsewhere.get(), bytes);
      } else {
        forwarding.borrow(exchange, elsewhere.get(), bytes);
      }
    } else {
      lend(exchange, request);
    }
  }

  private void lend(Exchange exchange, GroupRead request) throws IOException {
    var fate = loans.of(exchange);
    var loan = Optional.<Loan>empty();
    boolean written = false;
    try {
      loan = Optional.of(read(request));
      answer(exchange, request, loan.get());
      written = true;
    } finally {
      if (written) {
        fate.written(loan.orElseThrow());
      } else {
        fate.failed(loan);
      }
    }
  }

  private GroupRead request(byte[] bytes) {
    var violations = new Violations();
    var body = JsonObjectReader.of(StrictJson.read(bytes, bytes.length), "", violations);
    var topic = body.requiredText("topic");
    TopicName.violation(topic)
        .filter(_ -> body.has("topic"))
        .ifPresent(wrong -> violations.add("topic", wrong));
    var named = optional(body, "group_id") ? body.text("group_id").orElse(group) : group;
    GroupId.violation(named).ifPresent(wrong -> violations.add("group_id", wrong));
    long most =
        optional(body, "max_messages")
            ? body.whole("max_messages").orElse(STANDARD_MESSAGES)
            : STANDARD_MESSAGES;
    if (most < 1 || most > MOST_MESSAGES) {
      violations.add("max_messages", "must be a whole number from 1 to " + MOST_MESSAGES);
    }
    double seconds =
        optional(body, "timeout")
            ? body.number("timeout").orElse(STANDARD_SECONDS)
            : STANDARD_SECONDS;
    if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
      violations.add("timeout", "must be a number of seconds from 0 to " + LONGEST_SECONDS);
    }
    var token = optional(body, "token") ? body.text("token") : Optional.<String>empty();
    body.end();
    violations.refuseIfAny();
    return new GroupRead(
        topic, named, (int) most, Duration.ofMillis(Math.round(seconds * 1_000)), token);
  }

  /** Clients of the seed's server send null for what they leave to it. */
  private static boolean optional(JsonObjectReader body, String name) {
    return body.has(name) && !body.isNull(name);
  }

  private Loan read(GroupRead request) {
    try {
      return consuming.read(request);
    } catch (Refusal.Invalid invalid) {
      throw invalid;
    } catch (Refusal refusal) {
      var problem = Problems.of(refusal);
      throw new ProblemException(
          new Problem(
              problem.status(),
              "Failed to consume messages: " + problem.detail(),
              problem.violations(),
              problem.retryAfter()));
    }
  }

  private static void answer(Exchange exchange, GroupRead request, Loan loan) throws IOException {
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeBooleanField("success", true);
          out.writeFieldName("messages");
          RecordJson.write(out, loan.records());
          out.writeNumberField("count", loan.records().size());
          out.writeStringField("topic", request.topic());
          out.writeStringField("group_id", request.group());
          out.writeStringField("next_token", loan.nextToken());
          out.writeEndObject();
        });
  }
}
