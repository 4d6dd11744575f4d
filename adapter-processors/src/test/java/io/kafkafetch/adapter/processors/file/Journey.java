package io.kafkafetch.adapter.processors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.SourcePartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbered records of three partitions on their way to one file, delivered as the engine does:
 * after a stop what is left comes again, after a failed flush what was not flushed, and what was
 * flushed is committed.
 */
final class Journey {
  static final int PARTITIONS = 3;
  static final int RECORDS = 36;
  private static final int BATCH = 6;
  private static final int MOST_ROUNDS = 400;
  private static final int GENERATION = 3;
  private static final String PADDING = ":" + "x".repeat(60);
  private static final Instant SHORTLY_BEFORE_MIDNIGHT = Instant.parse("2026-11-20T23:59:55Z");

  private final Path root;
  private final ProcessorConfig config;
  private final long[] committed = new long[PARTITIONS];
  private String lastTrouble = "";
  private Instant now = SHORTLY_BEFORE_MIDNIGHT;

  Journey(Path root, ProcessorConfig config) {
    this.root = root;
    this.config = config;
  }

  /** One partition's way, as one run of the server sees it. */
  private final class Way {
    private final SourcePartition source;
    private @Nullable PartitionSink sink;
    private long next;
    private long durable;

    private Way(int partition) {
      source = Lines.orders(partition);
    }

    private void open(Processor processor) {
      if (sink != null) {
        return;
      }
      switch (processor.open(source)) {
        case Opening.Refused refused -> lastTrouble = refused.cause().reason();
        case Opening.Opened opened -> begin(opened.sink());
      }
    }

    private void begin(PartitionSink opened) {
      sink = opened;
      long known =
          opened
              .remembered()
              .filter(progress -> progress.generation() == GENERATION)
              .map(Progress::nextOffset)
              .orElse(0L);
      next = Math.max(committed[source.partition()], known);
      durable = next;
      committed[source.partition()] = next;
      opened.begin(new Progress(GENERATION, next));
    }

    private void deliver() {
      if (sink == null || next == RECORDS) {
        return;
      }
      long end = Math.min(next + BATCH, RECORDS);
      var values = new String[(int) (end - next)];
      Arrays.setAll(values, i -> source.partition() + ":" + (next + i) + PADDING);
      next =
          switch (sink.deliver(Lines.of(source, next, values))) {
            case Outcome.Delivered _ -> end;
            case Outcome.Stopped stopped -> {
              lastTrouble = stopped.cause().reason();
              yield next + stopped.delivered();
            }
          };
    }

    private void flush() {
      if (sink == null || next == durable) {
        return;
      }
      var trouble = sink.flush();
      if (trouble.isEmpty()) {
        durable = next;
        committed[source.partition()] = durable;
      } else {
        lastTrouble = trouble.get().reason();
        next = durable;
        sink.begin(new Progress(GENERATION, durable));
      }
    }

    private void close() {
      if (sink != null) {
        sink.close();
      }
    }
  }

  /** Delivers until everything is committed, or until the disk crashes. */
  void run(Disk disk) {
    var factory = new FileSinkFactory(new OpenFiles(), disk, new Compressor(disk, Runnable::run));
    var sinks = new Sinks(root, factory);
    var processor = sinks.processor(config);
    var ways = Stream.of(0, 1, 2).map(Way::new).toList();
    try {
      ways.forEach(way -> way.open(processor));
      for (int round = 0; !isCommitted(); round++) {
        assertTrue(round < MOST_ROUNDS, () -> "It does not come to an end: " + lastTrouble);
        now = now.plusMillis(600);
        sinks.now = now;
        ways.forEach(way -> way.open(processor));
        ways.forEach(Way::deliver);
        // Each at its own time, so that a watermark meets partitions that are further on.
        ways.get(round % PARTITIONS).flush();
        if (round % 5 == 4 || ways.stream().allMatch(way -> way.next == RECORDS)) {
          ways.forEach(Way::flush);
        }
      }
    } finally {
      ways.forEach(Way::close); // As the operating system does when a process ends.
    }
  }

  private boolean isCommitted() {
    return Arrays.stream(committed).allMatch(offset -> offset == RECORDS);
  }

  /** All lines, those of finished files first. */
  List<String> lines() throws IOException {
    try (var found = Files.walk(root)) {
      var lines = new ArrayList<String>();
      for (var file : found.filter(Files::isRegularFile).sorted(Journey::byAge).toList()) {
        if (!String.valueOf(file.getFileName()).startsWith(".")) {
          lines.addAll(lines(file));
        }
      }
      return lines;
    }
  }

  private static List<String> lines(Path file) throws IOException {
    String text;
    if (file.toString().endsWith(Naming.COMPRESSED)) {
      try (var gzip = new GZIPInputStream(Files.newInputStream(file))) {
        text = new String(gzip.readAllBytes(), UTF_8);
      }
    } else {
      text = Files.readString(file);
    }
    assertTrue(text.isEmpty() || text.endsWith("\n"), () -> file + " ends within a line");
    return text.lines().toList();
  }

  /** The current file has the shortest name of its day and the youngest lines. */
  private static int byAge(Path one, Path other) {
    return age(one).compareTo(age(other));
  }

  private static String age(Path file) {
    var name = file.toString();
    return name.endsWith(".log") ? name + ".~" : name;
  }

  void assertEachNumberExactlyOnceInOrder() throws IOException {
    var next = new long[PARTITIONS];
    for (var line : lines()) {
      int partition = line.charAt(0) - '0';
      assertEquals(partition + ":" + next[partition] + PADDING, line);
      next[partition]++;
    }
    for (long count : next) {
      assertEquals(RECORDS, count);
    }
  }

  /** Repeats may go back, but a number is never reached without those before it. */
  void assertEachNumberAtLeastOnceInOrder() throws IOException {
    var next = new long[PARTITIONS];
    for (var line : lines()) {
      int partition = line.charAt(0) - '0';
      var parts = line.split(":", -1);
      long number = Long.parseLong(parts[1]);
      assertEquals(PADDING, ":" + parts[2]);
      if (number > next[partition]) {
        fail(next[partition] + " is missing before " + line);
      }
      next[partition] = Math.max(next[partition], number + 1);
    }
    for (long count : next) {
      assertEquals(RECORDS, count);
    }
  }
}
