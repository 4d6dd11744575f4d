import io.kafkafetch.domain.processor.ProcessorFactory;

/** The composition root: settings, wiring and lifecycle. */
module io.kafkafetch.bootstrap {
  requires dagger;
  requires io.kafkafetch.adapter.http;
  requires io.kafkafetch.adapter.kafka;
  requires io.kafkafetch.adapter.persistence;
  requires transitive io.kafkafetch.application;
  requires io.kafkafetch.embedded;
  requires jakarta.inject;
  requires java.management;
  requires jdk.management;
  requires static java.compiler;
  requires javax.inject;
  requires org.slf4j;

  exports io.kafkafetch.bootstrap;
  exports io.kafkafetch.bootstrap.database;

  uses ProcessorFactory;
}
