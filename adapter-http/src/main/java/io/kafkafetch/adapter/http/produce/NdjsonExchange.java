package io.kafkafetch.adapter.http.produce;

import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.application.driving.Producing;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Records come in and results go out over one request, at the same time and in bounded memory: one
 * thread reads and sends, one waits for what becomes of each, and this one answers. When too much
 * is not acknowledged, or too many results are not taken, nothing more is read until there is room
 * again.
 */
final class NdjsonExchange {
  /** One JSON value a line. */
  static final String MEDIA_TYPE = "application/x-ndjson";

  private final Exchange exchange;
  private final Producing producing;
  private final Supplier<Enrichment> enrichment;
  private final ResultQueue results = new ResultQueue();
  private final ResultLog log;

  NdjsonExchange(
      Exchange exchange,
      Producing producing,
      Supplier<Enrichment> enrichment,
      ResultBudget budget) {
    this.exchange = exchange;
    this.producing = producing;
    this.enrichment = enrichment;
    this.log = new ResultLog(budget);
  }

  void run() throws IOException, InterruptedException {
    var lines = new NdjsonLines(exchange.unhurriedStream(), results::handOver);
    var reader = start("read", new NdjsonReader(lines, producing, enrichment, results));
    var settler = start("settle", new Settler(results, log));
    try {
      // Reading gives leave to send to whoever waits for it, so it has to come first.
      log.await();
      exchange.answerStream(200, MEDIA_TYPE, out -> new ResultLines(out, log).writeAll());
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      exchange.cut(e);
      throw e;
    } finally {
      results.abandon();
      log.abandon();
      end(reader);
      end(settler);
    }
  }

  private Thread start(String what, Runnable work) {
    return Thread.ofVirtual().name("ndjson-" + what + "-" + exchange.reference()).start(work);
  }

  /** The request belongs to the server again when this thread leaves it. */
  private static void end(Thread helping) {
    boolean interrupted = false;
    while (helping.isAlive()) {
      try {
        helping.join();
      } catch (InterruptedException e) {
        interrupted = true;
        helping.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
