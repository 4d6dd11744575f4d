/** Use cases, driving and driven ports, the reconciler and the delivery engine. */
module io.kafkafetch.application {
  requires transitive io.kafkafetch.domain;
  requires org.slf4j;

  exports io.kafkafetch.application;
  exports io.kafkafetch.application.delivery;
  exports io.kafkafetch.application.driven;
  exports io.kafkafetch.application.driving;
  exports io.kafkafetch.application.memory;
}
