package io.kafkafetch.adapter.http.produce;

import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.application.driving.Producing;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Records come in and results go out over one request, at the same time and in constant memory: one
 * thread reads and sends, this one answers in the same order. What is not acknowledged yet, or not
 * taken by the caller yet, is bounded; when it is too much, nothing more is read until there is
 * room again.
 */
final class NdjsonExchange {
  /** One JSON value a line. */
  static final String MEDIA_TYPE = "application/x-ndjson";

  private final Exchange exchange;
  private final Producing producing;
  private final Supplier<Enrichment> enrichment;

  NdjsonExchange(Exchange exchange, Producing producing, Supplier<Enrichment> enrichment) {
    this.exchange = exchange;
    this.producing = producing;
    this.enrichment = enrichment;
  }

  void run() throws IOException, InterruptedException {
    var results = new ResultQueue();
    var lines = new NdjsonLines(exchange.unhurriedStream(), results::handOver);
    var reader = new NdjsonReader(lines, producing, enrichment, results);
    var reading = Thread.ofVirtual().name("ndjson-" + exchange.reference()).start(reader);
    try {
      // Reading gives leave to send to whoever waits for it, so it has to come first.
      var first = results.take();
      exchange.answerStream(200, MEDIA_TYPE, out -> new ResultLines(out, results).writeAll(first));
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      results.abandon();
      exchange.cut(e);
      throw e;
    } finally {
      end(reading);
    }
  }

  /** The request belongs to the server again when this thread leaves it. */
  private static void end(Thread reading) {
    boolean interrupted = false;
    while (reading.isAlive()) {
      try {
        reading.join();
      } catch (InterruptedException e) {
        interrupted = true;
        reading.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
