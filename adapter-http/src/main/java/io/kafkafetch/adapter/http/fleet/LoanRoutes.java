package io.kafkafetch.adapter.http.fleet;

import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.Violations;
import java.io.IOException;

/** Where servers of the fleet say what became of records that they passed on. */
public final class LoanRoutes implements RouteGroup {
  static final String PATH = "/fleet/loans/";

  private final ForwardedLoans loans;

  /** Routes to these loans. */
  public LoanRoutes(ForwardedLoans loans) {
    this.loans = loans;
  }

  @Override
  public String description() {
    return "fleet";
  }

  @Override
  public void register(Router router) {
    router.put(PATH + "{loan_id}", this::settle);
  }

  private void settle(Exchange exchange) throws IOException {
    exchange.query().end();
    var violations = new Violations();
    var body = exchange.jsonObject(violations);
    var delivered = body.flag("delivered");
    if (!body.has("delivered")) {
      violations.add("delivered", "is required");
    }
    body.end();
    violations.refuseIfAny();
    loans.settle(exchange.pathParam("loan_id"), delivered.orElse(false));
    exchange.answerEmpty(204);
  }
}
