/** The REST API over the driving ports of the application. */
module io.kafkafetch.adapter.http {
  requires transitive io.kafkafetch.application;
  requires com.fasterxml.jackson.databind;
  requires io.javalin;
  requires io.prometheus.metrics.model;
  requires java.net.http;
  // Garbage collections are told through it.
  requires jdk.management;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.slf4j;
  requires swagger.ui;

  exports io.kafkafetch.adapter.http;
}
