package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.SourcePartition;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends each record, or batches of them, to an HTTP endpoint. Partitions share connections. */
final class StreamingForwarder implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(StreamingForwarder.class);
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ForwarderSettings settings;
  private final Targets targets;
  private final Wire wire;
  private final InstantSource clock;

  StreamingForwarder(ForwarderSettings settings, Targets targets, Wire wire, InstantSource clock) {
    this.settings = settings;
    this.targets = targets;
    this.wire = wire;
    this.clock = clock;
  }

  /** Refuses a forbidden endpoint at once, rather than with the first record. */
  @Override
  public Opening open(SourcePartition partition) {
    var origin = settings.destination().origin();
    try {
      targets.permitted(origin, CHECK_NANOS);
    } catch (ForbiddenTargetException e) {
      return new Opening.Refused(ConnectionTrouble.cause(e, origin));
    } catch (IOException e) {
      // A name that does not resolve now may resolve when there is something to send.
      LOG.debug("{} does not resolve yet", origin, e);
    }
    return new Opening.Opened(
        new ForwarderPartition(
            settings,
            new RequestComposer(settings, partition, clock),
            new RequestSender(wire, new AnswerRules(clock), settings.timeout())));
  }

  @Override
  public void close() {
    wire.close();
  }

  /** A forwarder that cannot be, and says why to whoever opens a partition. */
  record Refusing(Cause cause) implements Processor {
    @Override
    public Opening open(SourcePartition partition) {
      return new Opening.Refused(cause);
    }

    @Override
    public void close() {}
  }
}
