package io.kafkafetch.adapter.http.consume;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.ReadRecord;
import io.kafkafetch.application.driving.TopicBrowsing;
import io.kafkafetch.domain.consumer.TopicName;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Looking into topics (the Consumer Server's {@code /topics} and {@code /messages}). */
public final class TopicRoutes implements RouteGroup {
  private static final int MOST = 1_000;
  private static final int STANDARD = 10;

  private final TopicBrowsing topics;
  private final String group;

  /**
   * Routes to that conversation.
   *
   * @param group which {@code /topics} shows, as the seed's server does
   */
  public TopicRoutes(TopicBrowsing topics, String group) {
    this.topics = topics;
    this.group = group;
  }

  @Override
  public String description() {
    return "topics";
  }

  @Override
  public void register(Router router) {
    router
        .get("/topics", this::topics)
        .get("/messages/{topic}", this::messages)
        .get("/messages/{topic}/stream", this::stream);
  }

  private void topics(Exchange exchange) throws IOException {
    exchange.query().end();
    var all = topics.topics();
    exchange.answer(
        200,
        out -> {
          out.writeStartArray();
          for (var topic : all) {
            out.writeStartObject();
            out.writeStringField("topic", topic.name());
            out.writeNumberField("partitions", topic.partitions());
            out.writeStringField("group_id", group);
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  private void messages(Exchange exchange) throws IOException {
    var query = exchange.query();
    int limit = (int) query.whole("limit", 1, MOST).orElse(STANDARD);
    var partition = query.whole("partition", 0, Integer.MAX_VALUE);
    var offset = query.whole("offset", 0, Long.MAX_VALUE);
    if (offset.isPresent() && partition.isEmpty()) {
      query.violations().add("offset", "needs a partition beside it");
    }
    query.end();
    var records = read(topic(exchange), limit, partition, offset);
    exchange.answer(200, out -> RecordJson.write(out, records));
  }

  private List<ReadRecord> read(
      String topic, int limit, OptionalLong partition, OptionalLong offset) {
    if (offset.isPresent()) {
      return topics.from(topic, (int) partition.orElse(0), offset.getAsLong(), limit);
    }
    return topics.newest(
        topic,
        partition.isPresent() ? OptionalInt.of((int) partition.getAsLong()) : OptionalInt.empty(),
        limit);
  }

  private void stream(Exchange exchange) throws IOException {
    exchange.query().end();
    var from = exchange.header("Last-Event-ID").map(TailPositions::parse);
    try (var tail = topics.tail(topic(exchange), from)) {
      exchange.answerStream(200, "text/event-stream", out -> new EventStream(out).follow(tail));
    }
  }

  private static String topic(Exchange exchange) {
    var topic = exchange.pathParam("topic");
    if (TopicName.violation(topic).isPresent()) {
      throw new ProblemException(HttpError.NOT_FOUND, "Topic not found");
    }
    return topic;
  }
}
