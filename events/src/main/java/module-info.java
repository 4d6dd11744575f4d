/** Typed events over Kafka: workflow events, and records of any other type through a codec. */
module io.kafkafetch.events {
  requires transitive io.kafkafetch.domain;
  requires transitive kafka.clients;
  requires com.fasterxml.jackson.core;
  requires org.slf4j;

  exports io.kafkafetch.events;
}
