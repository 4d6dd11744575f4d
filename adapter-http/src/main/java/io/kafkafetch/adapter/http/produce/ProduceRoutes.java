package io.kafkafetch.adapter.http.produce;

import io.kafkafetch.adapter.http.json.JsonScanner;
import io.kafkafetch.adapter.http.json.MalformedJsonException;
import io.kafkafetch.adapter.http.json.StrictJson;
import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Producing;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Violations;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Writing records (the Producer Server's API). An answer comes after the acknowledgement. */
public final class ProduceRoutes implements RouteGroup {
  private static final long RECORD_LIMIT = 2L << 20;
  private static final long BATCH_LIMIT = 32L << 20;

  /** A record may be far larger in memory than on the wire. NDJSON has no such limit. */
  private static final int MOST_RECORDS = 100_000;

  private final Producing producing;
  private final String source;
  private final InstantSource clock;
  private final ResultBudget budget = new ResultBudget();

  /**
   * Routes to that conversation.
   *
   * @param source what is added to messages that name none
   */
  public ProduceRoutes(Producing producing, String source, InstantSource clock) {
    this.producing = producing;
    this.source = source;
    this.clock = clock;
  }

  @Override
  public String description() {
    return "produce";
  }

  @Override
  public void register(Router router) {
    router
        .post("/produce", RECORD_LIMIT, this::one)
        .post("/produce/batch", BATCH_LIMIT, this::batch);
  }

  private void one(Exchange exchange) throws IOException {
    exchange.query().end();
    var body = exchange.jsonBytes();
    var record = readOne(body);
    var receipt = sendOnce(exchange, body, 1, () -> List.of(producing.publish(record))).getFirst();
    var outcome = Outcome.of(record.topic(), receipt);
    if (outcome instanceof Outcome.Written written) {
      exchange.answer(200, "application/json", OutcomeJson.single(written));
    } else if (outcome instanceof Outcome.Failed failed) {
      throw new ProblemException(failed.problem());
    }
  }

  private List<CompletableFuture<Receipt>> sendOnce(
      Exchange exchange,
      byte[] body,
      int records,
      Supplier<List<CompletableFuture<Receipt>>> send) {
    var key = RepeatKey.of(exchange, body);
    return key.isPresent() ? producing.once(key.get(), records, send) : send.get();
  }

  private OutgoingRecord readOne(byte[] body) {
    var violations = new Violations();
    var scanner = new JsonScanner(body, 0, body.length);
    try {
      var record = new RecordReader(body, scanner, enrichment(), violations).read("");
      requireEnd(scanner);
      violations.refuseIfAny();
      return record;
    } catch (MalformedJsonException e) {
      throw malformed(body);
    }
  }

  private void batch(Exchange exchange) throws IOException, InterruptedException {
    exchange.query().end();
    if (exchange.isSentAs(NdjsonExchange.MEDIA_TYPE)) {
      RepeatKey.refuse(exchange);
      new NdjsonExchange(exchange, producing, this::enrichment, budget).run();
      return;
    }
    var body = exchange.jsonBytes();
    var records = readAll(body);
    var receipts = sendOnce(exchange, body, records.size(), () -> producing.publishAll(records));
    var outcomes = new ArrayList<Outcome>(records.size());
    boolean all = true;
    for (int i = 0; i < records.size(); i++) {
      var outcome = Outcome.of(records.get(i).topic(), receipts.get(i));
      all &= outcome instanceof Outcome.Written;
      outcomes.add(outcome);
    }
    OutcomeJson.answerBatch(exchange, all ? 200 : 207, outcomes);
  }

  private List<OutgoingRecord> readAll(byte[] body) {
    var violations = new Violations();
    var scanner = new JsonScanner(body, 0, body.length);
    var records = new ArrayList<OutgoingRecord>();
    try {
      if (scanner.peek() != '[') {
        scanner.skipValue();
        requireEnd(scanner);
        violations.add("body", "must be a list of records");
      } else {
        readList(body, scanner, records, violations);
      }
    } catch (MalformedJsonException e) {
      throw malformed(body);
    }
    violations.refuseIfAny();
    return records;
  }

  private void readList(
      byte[] body, JsonScanner scanner, List<OutgoingRecord> records, Violations violations) {
    var reader = new RecordReader(body, scanner, enrichment(), violations);
    scanner.expect('[');
    if (!scanner.take(']')) {
      do {
        if (records.size() == MOST_RECORDS) {
          violations.add(
              "body",
              "must not have more than "
                  + MOST_RECORDS
                  + " records; application/x-ndjson takes any number");
          return;
        }
        records.add(reader.read("[" + records.size() + "]."));
      } while (scanner.take(','));
      scanner.expect(']');
    }
    requireEnd(scanner);
  }

  private Enrichment enrichment() {
    return new Enrichment(source, clock.instant());
  }

  private static void requireEnd(JsonScanner scanner) {
    if (scanner.peek() != JsonScanner.END) {
      throw scanner.malformed();
    }
  }

  /** The slow reader says in a sentence what is wrong, and where. */
  private static ProblemException malformed(byte[] body) {
    StrictJson.read(body, body.length);
    return new ProblemException(HttpError.BAD_REQUEST, "The body is not valid JSON.");
  }
}
