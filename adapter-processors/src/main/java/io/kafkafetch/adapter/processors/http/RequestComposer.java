package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/** Makes requests of the records of one partition. */
final class RequestComposer {
  /** Servers commonly refuse 8 KiB of headers; a longer key is named by its length. */
  private static final int MAX_KEY_BYTES = 2048;

  /** As many as a request may have of its own, the signature's included. */
  private static final int OWN_HEADERS = 8;

  private final ForwarderSettings settings;
  private final Optional<WebhookSigner> signer;
  private final String source;
  private final Preamble withContent;
  private final Preamble withoutContent;

  RequestComposer(ForwarderSettings settings, SourcePartition partition, InstantSource clock) {
    this.settings = settings;
    signer = settings.signingSecret().map(secret -> WebhookSigner.of(secret, clock));
    source = partition.toString();
    var fixed = fixedHeaders(settings, partition);
    withoutContent = new Preamble(settings.method(), settings.destination(), fixed);
    fixed.add(contentType(settings));
    withContent = new Preamble(settings.method(), settings.destination(), fixed);
  }

  private static List<Header> fixedHeaders(ForwarderSettings settings, SourcePartition partition) {
    var headers = new ArrayList<Header>();
    boolean named = false;
    for (var header : settings.headers().entrySet()) {
      named |= header.getKey().equalsIgnoreCase("User-Agent");
      if (!header.getKey().equalsIgnoreCase("Content-Type")) {
        headers.add(new BasicHeader(header.getKey(), header.getValue()));
      }
    }
    if (!named) {
      headers.add(new BasicHeader("User-Agent", "kafka-fetch-server"));
    }
    headers.add(new BasicHeader("Kafka-Topic", partition.topic()));
    headers.add(new BasicHeader("Kafka-Topic-Id", partition.topicId()));
    headers.add(new BasicHeader("Kafka-Partition", Integer.toString(partition.partition())));
    return headers;
  }

  private static Header contentType(ForwarderSettings settings) {
    var given =
        settings.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
            .map(header -> header.getValue())
            .findFirst();
    return new BasicHeader("Content-Type", given.orElse(settings.batch().contentType()));
  }

  /** The request for the records {@code from} (inclusive) to {@code to} (exclusive). */
  OutgoingRequest compose(RecordBatch batch, int from, int to) {
    return switch (settings.batch()) {
      case OFF -> single(batch, from);
      case JSON -> several(batch, from, to, BatchBody.array(batch, from, to));
      case NDJSON -> several(batch, from, to, BatchBody.lines(batch, from, to));
    };
  }

  private OutgoingRequest single(RecordBatch batch, int index) {
    var headers = new ArrayList<Header>(OWN_HEADERS);
    var offset = Long.toString(batch.offset(index));
    var id = source + "-" + offset;
    headers.add(new BasicHeader("Idempotency-Key", id));
    headers.add(new BasicHeader("Kafka-Offset", offset));
    if (batch.timestamp(index) >= 0) {
      headers.add(new BasicHeader("Kafka-Timestamp", Long.toString(batch.timestamp(index))));
    }
    var key = batch.key(index);
    if (key != null) {
      headers.add(keyHeader(key));
    }
    if (batch.value(index) != null) {
      return request(withContent, id, headers, BatchBody.single(batch, index));
    }
    headers.add(new BasicHeader("Kafka-Tombstone", "true"));
    return request(withoutContent, id, headers, BatchBody.single(batch, index));
  }

  private OutgoingRequest several(RecordBatch batch, int from, int to, byte[] body) {
    var headers = new ArrayList<Header>(OWN_HEADERS);
    var first = Long.toString(batch.offset(from));
    var last = Long.toString(batch.offset(to - 1));
    var id = source + "-" + first + ".." + last;
    headers.add(new BasicHeader("Idempotency-Key", id));
    headers.add(new BasicHeader("Kafka-Offset", first));
    headers.add(new BasicHeader("Kafka-Last-Offset", last));
    headers.add(new BasicHeader("Kafka-Record-Count", Integer.toString(to - from)));
    return request(withContent, id, headers, body);
  }

  private OutgoingRequest request(Preamble preamble, String id, List<Header> headers, byte[] body) {
    if (signer.isPresent()) {
      signer.get().sign(id, body, headers);
    }
    return new OutgoingRequest(preamble, headers, body);
  }

  private static Header keyHeader(byte[] key) {
    if (key.length > MAX_KEY_BYTES) {
      return new BasicHeader("Kafka-Key-Length", Integer.toString(key.length));
    }
    return isHeaderText(key)
        ? new BasicHeader("Kafka-Key", new String(key, StandardCharsets.US_ASCII))
        : new BasicHeader("Kafka-Key-Base64", Base64.getEncoder().encodeToString(key));
  }

  /** Printable ASCII that a server does not trim. */
  private static boolean isHeaderText(byte[] key) {
    for (byte b : key) {
      if (b < 0x20 || b > 0x7e) {
        return false;
      }
    }
    return key.length > 0 && key[0] != ' ' && key[key.length - 1] != ' ';
  }
}
