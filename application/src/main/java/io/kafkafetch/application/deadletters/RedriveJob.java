package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.deadletters.UnsafeLetters.Given;
import io.kafkafetch.application.driven.DeadLetter;
import io.kafkafetch.application.driving.DeadLetterPlace;
import io.kafkafetch.application.driving.RedriveDraft;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run through a consumer's letters. A letter is settled only after its processor has it safe,
 * or a new letter of it is acknowledged: killed anywhere, it is at worst given twice.
 */
final class RedriveJob implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RedriveJob.class);
  private static final Duration READ_WAIT = Duration.ofSeconds(5);

  private final RedriveTools tools;
  private final Consumer consumer;
  private final String topicId;
  private final LetterChoice choice;
  private final Pace pace;
  private final LetterScan scan;
  private final Redelivery redelivery;
  private final RedriveDesk desk;
  private final Patience patience;
  private final RedriveTally tally = new RedriveTally();

  private final Map<DeadLetterPlace, Settlement> unsettled = new LinkedHashMap<>();
  private final UnsafeLetters unsafe = new UnsafeLetters();

  RedriveJob(
      RedriveTools tools,
      Consumer consumer,
      String topicId,
      RedriveDraft draft,
      LetterChoice choice,
      LetterScan scan,
      RedriveDesk desk) {
    this.tools = tools;
    this.consumer = consumer;
    this.topicId = topicId;
    this.choice = choice;
    this.scan = scan;
    this.desk = desk;
    pace = new Pace(draft.ratePerSecond());
    redelivery = new Redelivery(tools.engine(), tools.member(consumer));
    patience = new Patience(consumer.spec().delivery().retry(), tools.clock(), tools.chance());
  }

  /** The server stops: so does this, as soon as the sink at hand answers. Any thread. */
  void stop() {
    pace.stop();
  }

  @Override
  public void run() {
    LOG.info("Consumer {}: redrive {} begins", consumer.id(), desk.latest().id());
    try (scan;
        redelivery) {
      runOpen();
    }
    LOG.info(
        "Consumer {}: redrive {} is {}: {}",
        consumer.id(),
        desk.latest().id(),
        desk.latest().state(),
        tally.counts());
  }

  private void runOpen() {
    try {
      work();
      desk.end(RedriveState.COMPLETED, tally, Optional.empty());
    } catch (Stop stop) {
      settleWhatIsSafe();
      desk.end(stop.state(), tally, stop.reason());
    } catch (RuntimeException defect) {
      LOG.error("Consumer {}: the redrive fails", consumer.id(), defect);
      desk.end(
          RedriveState.FAILED,
          tally,
          Optional.of("The redrive fails in an unforeseen way; the log says more"));
    }
  }

  private void work() throws Stop {
    while (true) {
      var part = part();
      if (part.isEmpty()) {
        return;
      }
      tally.unreadable(part.get().unreadable());
      for (var letter : part.get().letters()) {
        var fate = choice.of(letter);
        tally.looked(fate);
        if (fate instanceof LetterChoice.Fate.Give(var to)) {
          pace.next();
          give(new Given(letter, to));
          if (unsafe.isFull() || desk.isDue()) {
            settle();
          }
        }
      }
      settle();
    }
  }

  /** The next part, or empty at the end of what was there when this began. */
  private Optional<LetterScan.Part> part() throws Stop {
    while (true) {
      try {
        var part = scan.next(READ_WAIT);
        if (part.isEmpty() || part.get().isProgress()) {
          return part;
        }
        again(
            new Cause.Transient(
                "No letter was read from " + desk.latest().topic() + " for " + READ_WAIT));
      } catch (Refusal.Unavailable away) {
        again(new Cause.Transient(away.detail()));
      } catch (Refusal refused) {
        throw Stop.failed(refused.detail());
      }
    }
  }

  /** Until it is taken, or there is a new letter of it. */
  private void give(Given given) throws Stop {
    while (true) {
      var cause = redelivery.give(given.letter(), given.to());
      if (cause.isEmpty()) {
        patience.restore();
        unsafe.add(given);
        return;
      }
      switch (cause.get()) {
        case Cause.Transient later -> again(later);
        case Cause.Fatal fatal -> throw Stop.failed(fatal.reason());
        case Cause.Poison poison -> {
          deadLetter(given, poison.reason());
          return;
        }
      }
    }
  }

  private void deadLetter(Given given, String reason) throws Stop {
    var spec = consumer.spec();
    if (!spec.delivery().deadLetter().enabled()) {
      throw Stop.failed(
          "Letter "
              + given.letter().place()
              + " is refused again and dead letters are off: "
              + reason);
    }
    LOG.warn(
        "Consumer {}: {} refuses letter {} again: {}",
        consumer.id(),
        given.to().type(),
        given.letter().place(),
        reason);
    var next = nextLetter(given, reason);
    while (true) {
      var cause = tools.deadLetters().append(next);
      if (cause.isEmpty()) {
        break;
      }
      switch (cause.get()) {
        case Cause.Transient later -> again(later);
        case Cause.Fatal fatal -> throw Stop.failed(fatal.reason());
        case Cause.Poison poison -> throw Stop.failed(poison.reason());
      }
    }
    patience.restore();
    unsettled.put(given.letter().place(), settlement(Settlement.Outcome.DEAD_LETTERED));
    tally.deadLettered(1);
  }

  /** The letter of the next attempt. */
  private DeadLetter nextLetter(Given given, String reason) {
    var spec = consumer.spec();
    return new DeadLetter(
        spec.cluster(),
        spec.deadLetterTopic().value(),
        new OriginalRecord(given.letter()),
        0,
        consumer.id().toString(),
        spec.group().value(),
        given.to().id().toString(),
        given.to().type(),
        reason,
        given.letter().attempt() + 1,
        tools.clock().instant());
  }

  private Settlement settlement(Settlement.Outcome outcome) {
    return new Settlement(outcome, tools.clock().instant().truncatedTo(ChronoUnit.MICROS));
  }

  /** Makes safe what was given, and remembers it. */
  private void settle() throws Stop {
    while (true) {
      var lost = redelivery.flush();
      if (lost.isEmpty()) {
        break;
      }
      // What was given counts as not delivered, and comes again, be it in another redrive.
      var repeated = unsafe.take();
      again(new Cause.Transient(lost.get().reason()));
      for (var given : repeated) {
        give(given);
      }
    }
    unsafeIsSafe();
    while (!unsettled.isEmpty()) {
      try {
        tools.redrives().settle(consumer.id(), topicId, unsettled);
        unsettled.clear();
        patience.restore();
      } catch (Refusal.Unavailable away) {
        again(new Cause.Transient(away.detail()));
      }
    }
    if (desk.isDue()) {
      requireUnchanged();
      desk.tell(tally, Optional.empty());
    }
    pace.requireGoing();
  }

  private void unsafeIsSafe() {
    var delivered = settlement(Settlement.Outcome.DELIVERED);
    var letters = unsafe.take();
    letters.forEach(given -> unsettled.put(given.letter().place(), delivered));
    tally.delivered(letters.size());
  }

  /** What can still be made safe need not be repeated by the next redrive. */
  private void settleWhatIsSafe() {
    if (redelivery.flush().isEmpty()) {
      unsafeIsSafe();
    }
    if (!unsettled.isEmpty()) {
      try {
        tools.redrives().settle(consumer.id(), topicId, unsettled);
      } catch (Refusal.Unavailable away) {
        LOG.warn(
            "Consumer {}: {} letters that were redriven will be redriven again: {}",
            consumer.id(),
            unsettled.size(),
            away.detail());
      }
    }
  }

  private void requireUnchanged() throws Stop {
    try {
      var now = tools.consumers().find(consumer.id());
      if (now.isEmpty()) {
        throw Stop.cancelled();
      }
      if (!now.get().spec().equals(consumer.spec())) {
        throw Stop.failed("The consumer was changed meanwhile; begin another redrive");
      }
    } catch (Refusal.Unavailable away) {
      LOG.warn("Consumer {}: {}", consumer.id(), away.detail());
    }
  }

  private void again(Cause.Transient cause) throws Stop {
    var wait = patience.failed(cause.retryAfter());
    if (wait.isEmpty()) {
      throw Stop.failed(cause.reason());
    }
    tally.retried();
    requireUnchanged();
    desk.tell(tally, Optional.of(cause.reason()));
    pace.pause(wait.get().toNanos());
  }
}
