/** The rules of the product, free of clocks, threads and libraries. */
module io.kafkafetch.domain {
  requires static transitive org.jspecify;

  exports io.kafkafetch.domain.consumer;
  exports io.kafkafetch.domain.event;
  exports io.kafkafetch.domain.lag;
  exports io.kafkafetch.domain.processor;

// Processors are found by whoever runs them, in our modules and in other people's.
}
