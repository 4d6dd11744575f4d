package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Progress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Forwarders as tests want them. */
final class Forwarders {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));

  private Forwarders() {}

  static ProcessorConfig config(String url, Object... more) {
    var values = new HashMap<String, Object>();
    values.put("endpoint_url", url);
    for (int i = 0; i < more.length; i += 2) {
      values.put((String) more[i], more[i + 1]);
    }
    return new ProcessorConfig(values);
  }

  static ProcessorEnvironment allowing(String hosts) {
    return new ProcessorEnvironment(Map.of(TargetRules.SETTING, hosts), CLOCK);
  }

  static ProcessorPlan plan(ProcessorConfig config) {
    return new ProcessorPlan(config, "orders", 1, allowing("localhost"));
  }

  static Processor open(StreamingForwarderFactory factory, ProcessorConfig config, String allowed) {
    return factory.open(
        new ProcessorContext("consumer", "processor", "group", config, allowing(allowed)));
  }

  /** A forwarder with one partition open. */
  record Running(Processor processor, PartitionSink sink) implements AutoCloseable {
    static Running to(String url, Object... more) {
      return of(new StreamingForwarderFactory(), config(url, more), "localhost");
    }

    static Running of(StreamingForwarderFactory factory, ProcessorConfig config, String allowed) {
      var processor = open(factory, config, allowed);
      return switch (processor.open(Records.SOURCE)) {
        case Opening.Opened opened -> {
          opened.sink().begin(new Progress(0, 0));
          yield new Running(processor, opened.sink());
        }
        case Opening.Refused refused -> throw new AssertionError(refused.cause().reason());
      };
    }

    Outcome deliver(Records records) {
      return sink.deliver(records);
    }

    /** Delivers what must not be delivered whole. */
    Outcome.Stopped refused(Records records) {
      return switch (sink.deliver(records)) {
        case Outcome.Stopped stopped -> stopped;
        case Outcome.Delivered _ -> throw new AssertionError("It was delivered");
      };
    }

    Cause cause(Records records) {
      return refused(records).cause();
    }

    @Override
    public void close() {
      sink.close();
      processor.close();
    }
  }
}
