/** Adds up a number in the records of a topic. */
module org.example.totals {
  requires com.fasterxml.jackson.databind;
  requires io.kafkafetch.domain;

  opens org.example.totals to
      com.fasterxml.jackson.databind;

  provides io.kafkafetch.domain.processor.ProcessorFactory with
      org.example.totals.RunningTotalsFactory;
}
