package io.kafkafetch.adapter.http.groups;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.GroupMonitoring;
import io.kafkafetch.application.driving.GroupMonitoring.GroupLag;
import io.kafkafetch.application.driving.GroupMonitoring.TimedLag;
import io.kafkafetch.domain.lag.PartitionLag;
import java.io.IOException;
import java.util.OptionalLong;

/** Groups, their offsets and their lag (the Fetcher Server's API, sections 3.2 and 3.5). */
public final class GroupRoutes implements RouteGroup {
  private static final String BOOTSTRAP = "bootstrap_servers";

  private final GroupMonitoring groups;

  /** Routes to that conversation. */
  public GroupRoutes(GroupMonitoring groups) {
    this.groups = groups;
  }

  @Override
  public String description() {
    return "groups";
  }

  @Override
  public void register(Router router) {
    router
        .get("/consumergroups", this::list)
        .get("/consumergroups/{group_id}/offsets", this::offsetsOfGroup)
        .get("/monitor/consumer-group-offsets", this::offsets)
        .get("/monitor/consumer-group-lag", this::topicLag)
        .get("/monitor/lag", this::lag);
  }

  private void list(Exchange exchange) throws IOException {
    var query = exchange.query();
    boolean all = query.flag("all_groups");
    var cluster = query.text(BOOTSTRAP);
    query.end();
    var found = groups.groups(all, cluster);
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("consumer_groups");
          for (var group : found) {
            out.writeString(group);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private void offsetsOfGroup(Exchange exchange) throws IOException {
    var query = exchange.query();
    var cluster = query.text(BOOTSTRAP);
    query.end();
    var group = exchange.pathParam("group_id");
    var offsets = groups.offsets(group, cluster);
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("group_id", group);
          out.writeArrayFieldStart("offsets");
          for (var topic : offsets.entrySet()) {
            for (var partition : topic.getValue().entrySet()) {
              out.writeStartObject();
              out.writeStringField("topic", topic.getKey());
              out.writeNumberField("partition", partition.getKey());
              out.writeNumberField("current_offset", partition.getValue().offset());
              out.writeStringField("metadata", partition.getValue().metadata());
              out.writeEndObject();
            }
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private void offsets(Exchange exchange) throws IOException {
    var query = exchange.query();
    var group = query.required("group_id");
    var cluster = query.text(BOOTSTRAP);
    query.end();
    var offsets = groups.offsets(group, cluster);
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          for (var topic : offsets.entrySet()) {
            out.writeObjectFieldStart(topic.getKey());
            for (var partition : topic.getValue().entrySet()) {
              out.writeNumberField(
                  Integer.toString(partition.getKey()), partition.getValue().offset());
            }
            out.writeEndObject();
          }
          out.writeEndObject();
        });
  }

  private void topicLag(Exchange exchange) throws IOException {
    var query = exchange.query();
    var group = query.required("group_id");
    var topic = query.required("topic");
    var cluster = query.text(BOOTSTRAP);
    query.end();
    var lags = groups.lag(group, topic, cluster);
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          for (var partition : lags.entrySet()) {
            out.writeObjectFieldStart(Integer.toString(partition.getKey()));
            write(out, partition.getValue());
            out.writeEndObject();
          }
          out.writeEndObject();
        });
  }

  private void lag(Exchange exchange) throws IOException {
    var query = exchange.query();
    var named = query.texts("group_id");
    boolean seconds = query.flag("seconds");
    var cluster = query.text(BOOTSTRAP);
    query.end();
    var found = groups.lags(named, seconds, cluster);
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("groups");
          for (var group : found) {
            write(out, group, seconds);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void write(JsonGenerator out, GroupLag group, boolean seconds) throws IOException {
    out.writeStartObject();
    out.writeStringField("group_id", group.group());
    out.writeArrayFieldStart("bootstrap_servers");
    for (var broker : group.cluster().bootstrapServers()) {
      out.writeString(broker.toString());
    }
    out.writeEndArray();
    writeOptional(out, "total_lag", group.total());
    if (group.error().isPresent()) {
      out.writeStringField("error", group.error().get());
    }
    out.writeObjectFieldStart("topics");
    for (var topic : group.topics().entrySet()) {
      out.writeObjectFieldStart(topic.getKey());
      for (var partition : topic.getValue().entrySet()) {
        out.writeObjectFieldStart(Integer.toString(partition.getKey()));
        write(out, partition.getValue().lag());
        if (seconds) {
          writeSeconds(out, partition.getValue());
        }
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, PartitionLag lag) throws IOException {
    writeOptional(out, "current_offset", lag.committedOffset());
    out.writeNumberField("log_end_offset", lag.logEndOffset());
    out.writeNumberField("lag", lag.lag());
  }

  private static void writeOptional(JsonGenerator out, String name, OptionalLong number)
      throws IOException {
    out.writeFieldName(name);
    if (number.isPresent()) {
      out.writeNumber(number.getAsLong());
    } else {
      out.writeNull();
    }
  }

  private static void writeSeconds(JsonGenerator out, TimedLag timed) throws IOException {
    out.writeFieldName("lag_seconds");
    if (timed.seconds().isPresent()) {
      out.writeNumber(timed.seconds().getAsDouble());
    } else {
      out.writeNull();
    }
    out.writeStringField("estimate_method", timed.method());
  }
}
