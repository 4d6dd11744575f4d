package io.kafkafetch.benchmarks.micro;

import io.kafkafetch.adapter.processors.file.FileSinkFactory;
import io.kafkafetch.application.delivery.DeliveryEngine;
import io.kafkafetch.application.delivery.MemberDelivery;
import io.kafkafetch.application.delivery.PartitionDelivery;
import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.delivery.Step;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.TopicName;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a record costs between the poll and the sink's memory or disk. With {@code -prof gc} it also
 * says how much is allocated for each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DeliveryPath {
  private static final int POLLED = 5_000;

  /** So much is written before the file begins anew, so that the disk is not what is measured. */
  private static final long ROUND = 1_000_000;

  /** With nothing behind the engine, and with a file. */
  @Param({"none", "file_sink"})
  public String processor = "none";

  private final NumberedBatch records = NumberedBatch.of(POLLED);
  private NumberedBatch batch = records;
  private Path folder = Path.of("");
  private @Nullable MemberDelivery member;
  private @Nullable PartitionDelivery partition;

  /** Opens the way for one partition. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("delivery-path");
    var environment =
        new ProcessorEnvironment(
            Map.of("FILE_SINK_ROOTS", folder.toString()), InstantSource.system());
    var engine =
        new DeliveryEngine(
            new ProcessorTypes(List.of(new NoSink(), new FileSinkFactory())),
            SecretReferences.none(),
            _ -> Optional.empty(),
            environment,
            () -> 0.5);
    var opened = engine.open(spec());
    var begun = opened.partition(records.source());
    begun.begin(new CommittedOffset(0, ""));
    member = opened;
    partition = begun;
  }

  private MemberSpec spec() {
    var config =
        processor.equals("none")
            ? ProcessorConfig.empty()
            : new ProcessorConfig(
                Map.of("file_path", folder.resolve("lines").toString(), "fsync", "never"));
    return new MemberSpec(
        new ConsumerId(new UUID(0, 1)),
        1,
        0,
        new ServerId("benchmark"),
        new ConsumerSpec(
            ClusterAddress.plain(new BrokerAddress("127.0.0.1", 9092)),
            new TopicName("orders"),
            new GroupId("archive"),
            List.of(
                new ProcessorSpec(new UUID(0, 2), processor, config, Instant.EPOCH, Instant.EPOCH)),
            1,
            OffsetReset.EARLIEST,
            DeliveryPolicy.DEFAULT));
  }

  /** One poll's worth of records of one partition. */
  @Benchmark
  @OperationsPerInvocation(POLLED)
  public Step deliver() throws IOException {
    var step = Objects.requireNonNull(partition).deliver(batch);
    batch = batch.next();
    if (batch.first() % ROUND == 0 && !processor.equals("none")) {
      Files.delete(folder.resolve("lines"));
    }
    return step;
  }

  /** Lets go of everything. */
  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(partition).close();
    Objects.requireNonNull(member).close();
    Files.deleteIfExists(folder.resolve("lines"));
    Files.delete(folder);
  }
}
