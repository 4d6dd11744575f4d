package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.adapter.processors.http.Lane.Errand;
import io.kafkafetch.domain.processor.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the units of one batch over plain HTTP, several at once, all from the thread that calls:
 * each connection carries one request at a time, and a selector tells which answers have come. What
 * has to wait for more than an answer, such as for a new connection or at the end of a redirect, is
 * done by a virtual thread, which leaves its connection to those that follow.
 */
final class LaneRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LaneRun.class);

  private static final int TURNS_BEFORE_OTHERS = 64;

  private final Selector selector;
  private final RequestSender sender;
  private final ConnectionPool pool;
  private final UnitQueue queue;
  private final BatchRequests requests;
  private final int maxInFlight;
  private final List<Lane> lanes = new ArrayList<>();
  private final ArrayDeque<Lane> free = new ArrayDeque<>();
  private final List<Lane> ready = new ArrayList<>();
  private final Elsewhere elsewhere;
  private int underWay;
  private @Nullable Throwable defect;

  private LaneRun(
      Selector selector,
      RequestSender sender,
      UnitQueue queue,
      BatchRequests requests,
      int maxInFlight) {
    this.selector = selector;
    this.sender = sender;
    this.queue = queue;
    this.requests = requests;
    this.maxInFlight = maxInFlight;
    pool = sender.connections();
    elsewhere = new Elsewhere(selector);
  }

  /**
   * Ready to run, once, with that many requests in flight.
   *
   * @throws IOException when the system has no selector left
   */
  static LaneRun of(RequestSender sender, UnitQueue queue, BatchRequests requests, int maxInFlight)
      throws IOException {
    return new LaneRun(Selector.open(), sender, queue, requests, maxInFlight);
  }

  /** Sends until nothing is in flight any more. */
  void run() {
    boolean interrupted = false;
    try {
      fill();
      for (int turn = 1; underWay > 0; turn++) {
        selector.select(key -> ready.add((Lane) key.attachment()));
        // Requests are under way: what became of them must be known before anything is answered.
        interrupted |= Thread.interrupted();
        turn();
        if (turn % TURNS_BEFORE_OTHERS == 0) {
          letOthersRun();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      interrupted |= elsewhere.awaitAll(this::finish);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (defect != null) {
      throw new IllegalStateException("A request was not sent, by a defect", defect);
    }
  }

  /** A virtual thread that always finds something to do never leaves its carrier by itself. */
  @SuppressWarnings("ThreadPriorityCheck") // fairness, on which nothing else relies
  private static void letOthersRun() {
    Thread.yield();
  }

  private void turn() throws IOException {
    // First of all: given a request, a lane that was noticed while free would seem to answer it.
    ready.removeIf(this::dropIfFree);
    for (var lane : ready) {
      goOn(lane);
      fill();
    }
    ready.clear();
    elsewhere.takeFinished(this::finish);
    for (int i = lanes.size() - 1; i >= 0; i--) {
      var lane = lanes.get(i);
      if (!lane.connection().isOpen() && !dropIfFree(lane)) {
        goOn(lane);
      }
    }
    fill();
  }

  /** Begins what may be begun. */
  private void fill() {
    while (underWay < maxInFlight) {
      int unit = queue.next();
      if (unit < 0) {
        return;
      }
      try {
        begin(unit);
      } catch (RuntimeException | Error e) {
        failed(unit, e);
      }
    }
  }

  private void begin(int unit) {
    var refusal = requests.refusal(unit);
    if (refusal.isPresent()) {
      queue.done(unit, refusal);
      return;
    }
    var errand = new Errand(unit, requests.request(unit), sender.deadline());
    var lane = lane(errand.deadline());
    if (lane == null) {
      elsewhere.send(unit, () -> sender.send(errand.request(), requests.records(unit)));
      underWay++;
      return;
    }
    underWay++;
    try {
      beginOn(lane, errand);
    } catch (RuntimeException | Error e) {
      underWay--;
      drop(lane);
      throw e;
    }
  }

  private void beginOn(Lane lane, Errand errand) {
    try {
      lane.begin(errand);
    } catch (IOException e) {
      lost(lane, errand, e);
    }
  }

  /** A free one, or one on a connection that rests; null when there is none. */
  private @Nullable Lane lane(Deadline deadline) {
    var lane = free.pollLast();
    if (lane != null) {
      return lane;
    }
    var resting = pool.reuse(requests.origin(), deadline).orElse(null);
    if (resting == null) {
      return null;
    }
    try {
      lane = new Lane(resting, selector);
      lanes.add(lane);
      return lane;
    } catch (IOException e) {
      LOG.debug("A connection to {} is not used again", resting.origin(), e);
      pool.discard(resting);
      return null;
    }
  }

  /** A free one has something to say only when the server hangs up, or speaks unasked. */
  private boolean dropIfFree(Lane lane) {
    if (lane.errand() != null) {
      return false;
    }
    drop(lane);
    return true;
  }

  private void goOn(Lane lane) throws IOException {
    var errand = Objects.requireNonNull(lane.errand());
    try {
      if (lane.goOn()) {
        answered(lane, errand);
      }
    } catch (HttpException | RuntimeException e) {
      drop(lane);
      done(errand, Optional.of(sender.cause(e, errand.request())));
    } catch (IOException e) {
      lost(lane, errand, e);
    }
  }

  private void answered(Lane lane, Errand errand) throws IOException {
    var answer = lane.connection().answer();
    int records = requests.records(errand.unit());
    lane.free();
    if (answer.isRedirect()) {
      leave(lane);
      elsewhere.send(
          errand.unit(), () -> sender.follow(errand.request(), records, errand.deadline(), answer));
      return;
    }
    if (lane.connection().isReusable()) {
      free.addLast(lane);
    } else {
      drop(lane);
    }
    done(errand, sender.cause(answer, errand.request(), records));
  }

  private void lost(Lane lane, Errand errand, IOException failure) {
    drop(lane);
    var connection = lane.connection();
    var why = connection.explained(failure);
    if (Wire.mayBeSentAgain(connection, why)) {
      int records = requests.records(errand.unit());
      elsewhere.send(
          errand.unit(), () -> sender.sendAnew(errand.request(), records, errand.deadline()));
    } else {
      done(errand, Optional.of(sender.cause(why, errand.request())));
    }
  }

  private void drop(Lane lane) {
    lanes.remove(lane);
    free.remove(lane);
    pool.discard(lane.connection());
  }

  /** Leaves its connection to others while this run goes on. */
  private void leave(Lane lane) throws IOException {
    lanes.remove(lane);
    lane.leave(selector);
    pool.giveBack(lane.connection());
  }

  private void done(Errand errand, Optional<Cause> cause) {
    queue.done(errand.unit(), cause);
    underWay--;
  }

  private void failed(int unit, Throwable by) {
    queue.failed(unit);
    defect = defect == null ? by : defect;
  }

  private void finish(Elsewhere.Finished done) {
    underWay--;
    if (done.defect() == null) {
      queue.done(done.unit(), done.cause());
    } else {
      failed(done.unit(), done.defect());
    }
  }

  /** Leaves the connections to others. */
  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      LOG.debug("A selector was not closed in order", e);
    }
    for (var lane : lanes) {
      leave(lane.connection(), lane.errand() == null);
    }
  }

  private void leave(Connection connection, boolean free) {
    try {
      connection.unregister();
      if (free) {
        pool.giveBack(connection);
        return;
      }
    } catch (IOException e) {
      LOG.debug("A connection to {} was closed meanwhile", connection.origin(), e);
    }
    pool.discard(connection);
  }
}
