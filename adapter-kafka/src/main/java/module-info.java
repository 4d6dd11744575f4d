/** Kafka behind the driven ports of the application. */
module io.kafkafetch.adapter.kafka {
  requires transitive io.kafkafetch.application;
  requires transitive kafka.clients;
  requires org.slf4j;

  exports io.kafkafetch.adapter.kafka;
}
