package io.kafkafetch.adapter.http.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.driving.IdempotencyKey;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Producing;
import io.kafkafetch.application.driving.Receipt;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NdjsonReaderTest {
  private static final Instant NOON = Instant.parse("2026-11-05T12:00:00Z");
  private static final String LINE = "{\"topic\":\"orders\",\"message\":{\"id\":1}}\n";

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
  private final Kept kept = new Kept();

  /** Keeps what is to be sent. */
  private static final class Kept implements Producing {
    private final List<String> values = new ArrayList<>();

    @Override
    public CompletableFuture<Receipt> publish(OutgoingRecord record) {
      values.add(new String(Objects.requireNonNull(record.value()), UTF_8));
      return CompletableFuture.completedFuture(new Receipt(0, values.size(), 0));
    }

    @Override
    public CompletableFuture<Receipt> publishInBulk(OutgoingRecord record) {
      return publish(record);
    }

    @Override
    public List<CompletableFuture<Receipt>> publishAll(List<OutgoingRecord> records) {
      return records.stream().map(this::publish).toList();
    }

    @Override
    public List<CompletableFuture<Receipt>> once(
        IdempotencyKey key, int records, Supplier<List<CompletableFuture<Receipt>>> send) {
      return send.get();
    }
  }

  /** Each piece comes a second after the one before. */
  private void read(List<String> pieces) {
    var streams =
        pieces.stream()
            .<InputStream>map(piece -> new ByteArrayInputStream(piece.getBytes(UTF_8)))
            .toList();
    var in = new SequenceInputStream(Collections.enumeration(streams));
    var lines = new NdjsonLines(in, () -> clock.updateAndGet(now -> now.plusSeconds(1)));
    new NdjsonReader(lines, kept, () -> new Enrichment("here", clock.get()), new ResultQueue())
        .run();
  }

  private static String at(int second) {
    return "{\"id\":1,\"timestamp\":\"2026-11-05T12:00:0"
        + second
        + "Z\",\"source\":\"here\",\"server_time\":"
        + (NOON.getEpochSecond() + second)
        + ".000000}";
  }

  @Test
  void aRecordCarriesTheTimeAtWhichItCame() {
    read(List.of(LINE, LINE, "\n", LINE + LINE));

    assertEquals(List.of(at(1), at(2), at(4), at(4)), kept.values);
  }
}
