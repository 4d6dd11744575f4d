package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.application.driven.DeadLetterTopics.Extent;
import io.kafkafetch.application.driving.DeadLetterManagement;
import io.kafkafetch.application.driving.DeadLetterPage;
import io.kafkafetch.application.driving.Purge;
import io.kafkafetch.application.driving.PurgeDraft;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveCounts;
import io.kafkafetch.application.driving.RedriveDraft;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Looking at dead letters, giving them another chance, deleting them. */
public final class DeadLetterService implements DeadLetterManagement, AutoCloseable {
  private final RedriveTools tools;
  private final RunningRedrives running = new RunningRedrives();

  /** The use cases over these tools. */
  public DeadLetterService(RedriveTools tools) {
    this.tools = tools;
  }

  @Override
  public DeadLetterPage letters(String id, int limit, Optional<String> cursor) {
    var consumer = find(id);
    return new LetterPages(tools).page(consumer, extent(consumer), limit, cursor);
  }

  @Override
  public Redrive redrive(String id, RedriveDraft draft) {
    var consumer = find(id);
    var choice = new LetterChoice(draft, consumer.spec());
    var extent = extent(consumer);
    var redrive = begun(consumer);
    running.expect(redrive.id());
    try {
      begin(redrive);
      start(consumer, redrive, draft, choice, extent);
    } catch (RuntimeException notStarted) {
      running.ended(redrive.id());
      throw notStarted;
    }
    return redrive;
  }

  private void begin(Redrive redrive) {
    // Looking at the last one ends it, if it was this server's before it died.
    last(redrive.consumer());
    if (!tools.redrives().begin(redrive, RedriveDesk.TIME_TO_LIVE)) {
      var id = redrive.consumer().toString();
      find(id);
      throw alreadyRunning(id);
    }
  }

  private void start(
      Consumer consumer, Redrive redrive, RedriveDraft draft, LetterChoice choice, Extent extent) {
    var desk = new RedriveDesk(tools.redrives(), tools.clock(), redrive);
    try {
      var scan = scan(consumer, extent, choice);
      running.start(
          redrive.id(),
          new RedriveJob(tools, consumer, extent.topicId(), draft, choice, scan, desk));
    } catch (RuntimeException notStarted) {
      desk.end(
          RedriveState.FAILED, new RedriveTally(), Optional.of("The redrive could not be started"));
      throw notStarted;
    }
  }

  /** The last redrive. One of this server that does not run here was killed with it. */
  private Optional<Redrive> last(ConsumerId consumer) {
    return tools
        .redrives()
        .last(consumer)
        .map(it -> {
          boolean killed =
              it.state() == RedriveState.RUNNING
                  && it.server().equals(tools.server().value())
                  && !running.knows(it.id());
          if (!killed) {
            return it;
          }
          var interrupted = it.in(RedriveState.INTERRUPTED);
          tools.redrives().save(interrupted, RedriveDesk.TIME_TO_LIVE);
          return interrupted;
        });
  }

  private Redrive begun(Consumer consumer) {
    var now = tools.clock().instant().truncatedTo(ChronoUnit.MICROS);
    return new Redrive(
        UUID.randomUUID(),
        consumer.id(),
        tools.server().value(),
        consumer.spec().deadLetterTopic().value(),
        RedriveState.RUNNING,
        now,
        now,
        Optional.empty(),
        RedriveCounts.NONE,
        Optional.empty(),
        List.of());
  }

  @Override
  public RedriveCounts preview(String id, RedriveDraft draft) {
    var consumer = find(id);
    var choice = new LetterChoice(draft, consumer.spec());
    var tally = new RedriveTally();
    try (var scan = scan(consumer, extent(consumer), choice)) {
      new Counting(tools.clock())
          .through(
              scan,
              part -> {
                tally.unreadable(part.unreadable());
                part.letters().forEach(letter -> tally.looked(choice.of(letter)));
              });
    }
    return tally.counts();
  }

  private LetterScan scan(Consumer consumer, Extent extent, LetterChoice choice) {
    return new LetterScan(
        consumer,
        extent.topicId(),
        tools.topics(),
        tools.redrives(),
        choice.within(extent.partitions()));
  }

  @Override
  public Redrive lastRedrive(String id) {
    var consumer = find(id);
    return last(consumer.id())
        .orElseThrow(
            () -> new Refusal.NotFound("No dead letters of consumer " + id + " were redriven yet"));
  }

  @Override
  public Redrive cancelRedrive(String id) {
    var consumer = find(id);
    if (!tools.redrives().cancel(consumer.id())) {
      throw new Refusal.Conflict("No redrive of consumer " + id + " is running");
    }
    return lastRedrive(id);
  }

  @Override
  public Purge purge(String id, PurgeDraft draft) {
    var consumer = find(id);
    boolean redriving =
        last(consumer.id()).filter(it -> it.state() == RedriveState.RUNNING).isPresent();
    if (redriving && !draft.dryRun()) {
      throw alreadyRunning(id);
    }
    return new LetterPurge(tools).purge(consumer, extent(consumer), draft);
  }

  private static Refusal alreadyRunning(String id) {
    return new Refusal.Conflict("A redrive of consumer " + id + " is running");
  }

  private Consumer find(String id) {
    return ConsumerId.parse(id)
        .flatMap(tools.consumers()::find)
        .orElseThrow(() -> new Refusal.NotFound("Consumer " + id + " not found"));
  }

  /** A topic that is not there yet has nothing in it. */
  private Extent extent(Consumer consumer) {
    var spec = consumer.spec();
    DeadLetterTopics topics = tools.topics();
    return topics
        .extent(spec.cluster(), spec.deadLetterTopic().value())
        .orElseGet(() -> new Extent("", new TreeMap<>()));
  }

  /** Stops the redrives of this server; another one goes on where they were. */
  @Override
  public void close() {
    running.close();
  }
}
