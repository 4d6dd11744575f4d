import io.kafkafetch.domain.processor.ProcessorFactory;

/** The composition root: settings, wiring and lifecycle. */
module io.kafkafetch.bootstrap {
  requires dagger;
  requires io.kafkafetch.adapter.http;
  requires io.kafkafetch.adapter.kafka;
  requires io.kafkafetch.adapter.persistence;
  requires io.kafkafetch.application;
  requires io.kafkafetch.embedded;
  requires jakarta.inject;
  requires java.management;
  requires jdk.management;
  requires static java.compiler;
  requires javax.inject;
  requires org.slf4j;

  uses ProcessorFactory;
}
