package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driven.DeadLetterTopics.Extent;
import io.kafkafetch.application.driving.RedriveDraft;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
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

  private final Unsettled unsettled;

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
    unsettled = new Unsettled(tools.clock());
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
          pace.awaitTurn();
          give(new Unsettled.Given(letter, to));
          if (unsettled.isMuch() || desk.isDue()) {
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
  private void give(Unsettled.Given given) throws Stop {
    while (true) {
      var cause = redelivery.give(given.letter(), given.to());
      if (cause.isEmpty()) {
        patience.restore();
        unsettled.taken(given);
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

  private void deadLetter(Unsettled.Given given, String reason) throws Stop {
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
    var next = tools.again(consumer, given.letter(), given.to(), reason);
    while (true) {
      var cause = tools.deadLetters().append(next);
      if (cause.isEmpty()) {
        break;
      }
      switch (cause.get()) {
        case Cause.Transient later -> again(later);
        case Cause.Fatal(var why) -> throw Stop.failed(why);
        case Cause.Poison(var why, _) -> throw Stop.failed(why);
      }
    }
    patience.restore();
    unsettled.deadLettered(given.letter());
    tally.deadLettered(1);
  }

  /** Makes safe what was given, and remembers it. */
  private void settle() throws Stop {
    while (true) {
      var lost = redelivery.flush();
      if (lost.isEmpty()) {
        break;
      }
      // What was given counts as not delivered, and comes again, be it in another redrive.
      var all = unsettled.lost();
      again(new Cause.Transient(lost.get().reason()));
      for (var given : all) {
        give(given);
      }
    }
    tally.delivered(unsettled.safe());
    while (!unsettled.settlements().isEmpty()) {
      try {
        tools.redrives().settle(consumer.id(), topicId, unsettled.settlements());
        unsettled.settlements().clear();
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

  /** What can still be made safe need not be repeated by the next redrive. */
  private void settleWhatIsSafe() {
    if (redelivery.flush().isEmpty()) {
      tally.delivered(unsettled.safe());
    }
    if (!unsettled.settlements().isEmpty()) {
      try {
        tools.redrives().settle(consumer.id(), topicId, unsettled.settlements());
      } catch (Refusal.Unavailable away) {
        LOG.warn(
            "Consumer {}: {} letters that were redriven will be redriven again: {}",
            consumer.id(),
            unsettled.settlements().size(),
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
      requireTopic(now.get().spec());
    } catch (Refusal.Unavailable away) {
      LOG.warn("Consumer {}: {}", consumer.id(), away.detail());
    }
  }

  /** What would be read of a topic that was made anew is not what was settled of the old one. */
  private void requireTopic(ConsumerSpec spec) throws Stop {
    var topic = spec.deadLetterTopic().value();
    var there = tools.topics().extent(spec.cluster(), topic).map(Extent::topicId);
    if (!there.equals(Optional.of(topicId))) {
      throw Stop.failed("The dead-letter topic " + topic + " was deleted meanwhile");
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
