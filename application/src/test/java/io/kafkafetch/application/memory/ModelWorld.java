package io.kafkafetch.application.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.delivery.DeliveryEngine;
import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/** A topic, a group whose members come, go and die, and what its sinks keep. */
final class ModelWorld implements AutoCloseable {
  private static final String TOPIC = "numbers";
  private static final String GROUP = "model";
  private static final int BATCH = 40;

  /** Poison among what is delivered between two flushes. */
  private static final int LETTERS_PER_FLUSH = 20;

  private static final DeliveryPolicy POLICY =
      new DeliveryPolicy(
          BATCH,
          1 << 20,
          Duration.ZERO,
          Duration.ofMillis(20),
          new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(8), 0.5, OptionalInt.empty()),
          DeadLetterPolicy.DEFAULT);

  private final InMemoryBroker broker = new InMemoryBroker(InstantSource.system());
  private final ModelSinks sinks;
  private final ConsumerId consumer = Given.newId();
  private final int partitions;
  private final List<Running> members = new ArrayList<>();
  private final List<String> swapped = new ArrayList<>();
  private final ProcessorSpec kept = processor("kept");
  private ProcessorSpec second;
  private int ordinals;
  private int produced;
  private long exposed;

  /** A member with the processors that belong to its process. */
  private record Running(MemoryMember member, int ordinal, ModelSinks.Host process) {}

  /** A record that a sink kept; each stretch of a sink's life without a loss has its number. */
  record Entry(int partition, int stretch, int value) {}

  /** A dead letter: where its record came from, and what it said. */
  record Letter(int partition, int value) {}

  ModelWorld(long seed, int partitions) {
    this.partitions = partitions;
    sinks = new ModelSinks(seed);
    broker.createTopic(TOPIC, partitions);
    second = processor(nextSwapped());
  }

  private static ProcessorSpec processor(String name) {
    return new ProcessorSpec(
        Given.newId().value(),
        "model",
        new ProcessorConfig(Map.of("name", name)),
        Given.NOON,
        Given.NOON);
  }

  private String nextSwapped() {
    var name = "swapped-" + swapped.size();
    swapped.add(name);
    return name;
  }

  void produce(int from, int to) {
    produced = to;
    for (int value = from; value < to; value++) {
      for (int partition = 0; partition < partitions; partition++) {
        broker.append(TOPIC, partition, value, null, EngineModelTest.bytes(value), List.of());
      }
    }
  }

  void join() {
    int ordinal = ordinals++;
    var process = sinks.process();
    var engine =
        new DeliveryEngine(
            new ProcessorTypes(List.of(process)),
            SecretReferences.none(),
            broker.deadLetters(),
            new ProcessorEnvironment(Map.of(), InstantSource.system()),
            () -> 0.5);
    var member = broker.members().launch(spec(ordinal), engine.open(spec(ordinal)));
    members.add(new Running((MemoryMember) member, ordinal, process));
  }

  private MemberSpec spec(int ordinal) {
    var plain = Given.spec(TOPIC, GROUP);
    var spec =
        new ConsumerSpec(
            plain.cluster(),
            plain.topic(),
            plain.group(),
            List.of(kept, second),
            1,
            plain.offsetReset(),
            POLICY);
    return new MemberSpec(consumer, 1, ordinal, new ServerId("s" + ordinal), spec);
  }

  void retireOne(Random random) {
    if (members.size() > 1) {
      var running = members.remove(random.nextInt(members.size()));
      running.member().retire();
      awaitRetired(running);
    }
  }

  void crashOne(Random random) {
    var running = members.remove(random.nextInt(members.size()));
    exposed += (long) partitions * produced - committedInAll();
    running.process().die();
    running.member().crash();
    if (members.isEmpty()) {
      join();
    }
  }

  void swap() {
    second = processor(nextSwapped());
    members.forEach(running -> running.member().apply(spec(running.ordinal())));
  }

  /** Some calls of sinks fail from now on. */
  void trouble(Random random) {
    sinks.trouble(random.nextInt(12), random.nextInt(4));
  }

  void calmDown() {
    sinks.trouble(0, 0);
  }

  void retireAll() {
    members.forEach(running -> running.member().retire());
    members.forEach(ModelWorld::awaitRetired);
    members.clear();
  }

  private static void awaitRetired(Running running) {
    try {
      if (!running.member().awaitRetired(Duration.ofSeconds(20))) {
        throw new AssertionError("A member does not retire");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  long committedInAll() {
    long all = 0;
    for (int partition = 0; partition < partitions; partition++) {
      all += EngineModelTest.offset(broker.committed(GROUP, TOPIC, partition));
    }
    return all;
  }

  List<Entry> journal(String name, int partition) {
    return sinks.journal(name).stream().filter(entry -> entry.partition() == partition).toList();
  }

  List<String> swapped() {
    return List.copyOf(swapped);
  }

  boolean isPoison(int value) {
    return sinks.isPoison(value);
  }

  /** Records that a durable sink got more than once. */
  int repeats() {
    var journal = sinks.journal("kept");
    long distinct =
        journal.stream().map(entry -> entry.partition() + ":" + entry.value()).distinct().count();
    return (int) (journal.size() - distinct);
  }

  /** Whoever dies may have written what was not committed then; nothing else repeats anything. */
  long mostRepeats() {
    return exposed;
  }

  /** A flush that is lost has its dead letters written again, too. */
  long mostRepeatedLetters() {
    return exposed + (long) sinks.lostFlushes() * LETTERS_PER_FLUSH;
  }

  int open() {
    return sinks.open();
  }

  List<Letter> letters() {
    var letters = new ArrayList<Letter>();
    var topic = TOPIC + "." + GROUP + ".dead-letter";
    if (broker.topicId(topic).isEmpty()) {
      return letters;
    }
    broker
        .read(topic, 0, 0, Integer.MAX_VALUE)
        .ifPresent(batch -> {
          for (int i = 0; i < batch.size(); i++) {
            int partition =
                batch.headers(i).stream()
                    .filter(header -> header.name().equals("kafkafetch.dead-letter.partition"))
                    .map(header -> Integer.parseInt(text(header.value())))
                    .findFirst()
                    .orElseThrow();
            letters.add(new Letter(partition, Integer.parseInt(text(batch.value(i)))));
          }
        });
    return letters;
  }

  static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, UTF_8);
  }

  @Override
  public void close() {
    broker.close();
  }
}
