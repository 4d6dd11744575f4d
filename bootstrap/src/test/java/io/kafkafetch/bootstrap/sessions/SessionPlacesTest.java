package io.kafkafetch.bootstrap.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session's place")
final class SessionPlacesTest extends SessionCalls {
  @Test
  void commitsWhatWasAnsweredLastWhenNoOffsetIsNamed() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 9);
    var id = server.subscribe(group, topic, EARLIEST);
    server.consume(id, "{\"max_records\":4}");
    assertEquals("{\"0\":4}", call(id, "commit", "").ok().get("offsets").get(topic).toString());
    assertEquals(4, server.committed(group, topic, 0));
    delete(id);
    var next = server.subscribe(group, topic, EARLIEST);
    assertEquals(expected(4, 9), values(server.consume(next, "{}")));
    delete(next);
  }

  @Test
  void leavesWhatWasNotCommittedToTheNextAlsoWhenItBeganAtTheEnd() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 3);
    var id = server.subscribe(group, topic, TEXT);
    server.produce(topic, 0, 3, 6);
    assertEquals(expected(3, 6), values(server.consume(id, "{}")));
    delete(id);
    server.produce(topic, 0, 6, 8);
    var next = server.subscribe(group, topic, TEXT);
    assertEquals(expected(3, 8), values(server.consume(next, "{}")));
    delete(next);
  }

  @Test
  void seeksToAnyPlace() {
    var topic = server.topic(1);
    for (int i = 0; i < 4; i++) {
      server.produce(
          new ProducerRecord<>(topic, 0, 1_000L * (i + 1), null, ("value-" + i).getBytes(UTF_8)));
    }
    var id = server.subscribe(group, topic, TEXT);
    var at = "{\"topic\":\"" + topic + "\",\"partition\":0,";
    call(id, "seek", at + "\"to\":{\"timestamp\":2500}}").ok();
    assertEquals(expected(2, 4), values(server.consume(id, "{}")));
    call(id, "seek", at + "\"to\":\"beginning\"}").ok();
    assertEquals(expected(0, 4), values(server.consume(id, "{}")));
    call(id, "seek", at + "\"offset\":3}").ok();
    assertEquals(expected(3, 4), values(server.consume(id, "{}")));
    call(id, "seek", at + "\"to\":\"end\"}").ok();
    assertEquals(List.of(), values(server.consume(id, "{\"timeout_ms\":0}")));
    call(id, "seek", at + "\"to\":{\"timestamp\":9999}}").ok();
    assertEquals(400, call(id, "seek", at + "\"offset\":5}").status());
    delete(id);
  }

  @Test
  void tellsWhereItIsAndHowFarBehind() {
    var topic = server.topic(2);
    server.produce(topic, 0, 0, 10);
    var id = server.subscribe(group, topic, EARLIEST);
    server.consume(id, "{\"max_records\":4}");
    var position = server.get("/api/consumers/" + id + "/position").ok();
    assertEquals("{\"0\":4,\"1\":0}", position.get("offsets").get(topic).toString());
    assertEquals("{\"0\":6,\"1\":0}", position.get("lag").get(topic).toString());
    delete(id);
  }

  @Test
  void takesPartitionsByHand() {
    var topic = server.topic(3);
    server.produce(topic, 1, 0, 3);
    var id = server.subscribe(group, topic, EARLIEST);
    var assigned =
        server
            .send(
                "PUT",
                "/api/consumers/" + id + "/assignment",
                "{\"topics\":{\"" + topic + "\":[1]}}")
            .ok();
    assertEquals("{\"" + topic + "\":[1]}", assigned.get("assignment").toString());
    assertEquals(expected(0, 3), values(server.consume(id, "{}")));
    call(id, "commit", "{}").ok();
    assertEquals(3, server.committed(group, topic, 1));
    assertEquals(0, server.members(group));
    var outside =
        server.send(
            "PUT", "/api/consumers/" + id + "/assignment", "{\"topics\":{\"" + topic + "\":[3]}}");
    assertEquals(400, outside.status());
    assertTrue(outside.detail().contains("0 to 2"), outside.detail());
    assertEquals(
        404,
        server
            .send("PUT", "/api/consumers/" + id + "/assignment", "{\"topics\":{\"none\":[0]}}")
            .status());
    delete(id);
  }
}
