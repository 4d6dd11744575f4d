package io.kafkafetch.adapter.http.produce;

import io.kafkafetch.adapter.http.json.JsonScanner;
import io.kafkafetch.adapter.http.json.MalformedJsonException;
import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.adapter.http.server.ClientGoneException;
import io.kafkafetch.application.driving.Producing;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.Violations;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records line by line and sends them. A line that is no record gets a result that says so,
 * and the next line is read: what was sent before it cannot be taken back anyway.
 */
final class NdjsonReader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(NdjsonReader.class);

  /**
   * How many lines that came at once carry the same time: asking for it costs more than reading a
   * record.
   */
  private static final int SAME_TIME = 64;

  private final NdjsonLines lines;
  private final Lane lane;
  private final Supplier<Enrichment> enrichments;
  private final ResultQueue results;
  private final JsonScanner scanner;
  private final RecordReader records;
  private Enrichment enrichment;

  /** The line whose time that is, and how often the stream had been read for it. */
  private long timedLine;

  private long timedReading;

  /** Of one line; used for the next one, too, where nothing was found. */
  private Violations violations = new Violations();

  NdjsonReader(
      NdjsonLines lines,
      Producing producing,
      Supplier<Enrichment> enrichments,
      ResultQueue results) {
    this.lines = lines;
    this.lane = new Lane(producing, results);
    this.enrichments = enrichments;
    this.results = results;
    this.enrichment = enrichments.get();
    scanner = new JsonScanner(lines.buffer(), 0, 0);
    records = new RecordReader(lines.buffer(), scanner, enrichment, violations);
  }

  @Override
  public void run() {
    try {
      readAll();
    } catch (ClientGoneException e) {
      LOG.debug("The caller hung up after line {}", lines.number(), e);
    } catch (ProblemException e) {
      refuse(e);
    } catch (IOException e) {
      refuse(new ProblemException(HttpError.BAD_REQUEST, "The body could not be read to its end"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      results.end();
    }
  }

  private void readAll() throws IOException, InterruptedException {
    while (lines.next()) {
      scanner.over(lines.buffer(), lines.begin(), lines.end());
      if (lines.isTooLong() || scanner.peek() != JsonScanner.END) {
        lane.choose(lines.readings());
        if (!results.reserve()) {
          return;
        }
        keepTime();
        results.add(send());
      }
      lines.done();
    }
  }

  private void keepTime() {
    if (lines.readings() != timedReading || lines.number() - timedLine >= SAME_TIME) {
      timedReading = lines.readings();
      timedLine = lines.number();
      enrichment = enrichments.get();
    }
  }

  private ResultQueue.Result send() {
    if (lines.isTooLong()) {
      return refused(
          "",
          new ProblemException(
              HttpError.CONTENT_TOO_LARGE,
              "A line may have " + NdjsonLines.LONGEST + " bytes at most"));
    }
    if (!violations.isEmpty()) {
      violations = new Violations();
    }
    try {
      records.over(lines.buffer(), enrichment, violations);
      var record = records.read("");
      if (scanner.peek() != JsonScanner.END) {
        throw scanner.malformed();
      }
      if (violations.isEmpty()) {
        return new ResultQueue.Result(record.topic(), lines.number(), lane.publish(record));
      }
      return refused(record.topic(), new Refusal.Invalid(violations.found()));
    } catch (MalformedJsonException e) {
      return refused(
          "",
          new ProblemException(
              HttpError.BAD_REQUEST,
              "The line is not valid JSON at its byte " + (e.position() - lines.begin() + 1)));
    }
  }

  private ResultQueue.Result refused(String topic, RuntimeException why) {
    CompletableFuture<Receipt> none = CompletableFuture.failedFuture(why);
    return new ResultQueue.Result(topic, lines.number(), none);
  }

  /** The rest of the body will not come: one more line says why. */
  private void refuse(ProblemException why) {
    results.add(refused("", why));
  }
}
