package io.kafkafetch.adapter.processors.file;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.SourcePartition;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server that lets file_sink write under one folder. */
final class Sinks {
  final FileSinkFactory factory;
  final ProcessorEnvironment environment;
  volatile Instant now = Instant.parse("2026-11-20T22:00:00Z");

  Sinks(Path root) {
    this(
        root,
        new FileSinkFactory(new OpenFiles(), Disk.REAL, new Compressor(Disk.REAL, Runnable::run)));
  }

  Sinks(Path root, FileSinkFactory factory) {
    this.factory = factory;
    InstantSource clock = () -> now;
    environment = new ProcessorEnvironment(Map.of(Roots.SETTING, root.toString()), clock);
  }

  /** A configuration of keys and values in turn. */
  static ProcessorConfig config(Object... keysAndValues) {
    var values = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ProcessorConfig(values);
  }

  static ProcessorConfig writingTo(Path file, Object... keysAndValues) {
    return config(keysAndValues).with("file_path", file.toString());
  }

  ProcessorPlan plan(ProcessorConfig config, int tasksMax) {
    return new ProcessorPlan(config, "orders", tasksMax, environment);
  }

  Processor processor(ProcessorConfig config) {
    return processor("consumer-1", "processor-1", config);
  }

  Processor processor(String consumer, String processor, ProcessorConfig config) {
    return factory.open(new ProcessorContext(consumer, processor, "group", config, environment));
  }

  PartitionSink open(ProcessorConfig config) {
    return open(processor(config), Lines.ORDERS);
  }

  /** An open sink that begins where it remembers to have ended. */
  static PartitionSink open(Processor processor, SourcePartition partition) {
    var sink = assertInstanceOf(Opening.Opened.class, processor.open(partition)).sink();
    sink.begin(sink.remembered().orElse(new Progress(0, 0)));
    return sink;
  }
}
