/** The processors that ship with the server, found through {@link java.util.ServiceLoader}. */
module io.kafkafetch.adapter.processors {
  requires com.fasterxml.jackson.core;
  requires io.kafkafetch.domain;
  requires java.sql;
  requires static org.checkerframework.checker.qual;
  requires org.apache.httpcomponents.core5.httpcore5;
  requires org.apache.httpcomponents.core5.httpcore5.h2;
  requires org.postgresql.jdbc;
  requires org.slf4j;

  provides io.kafkafetch.domain.processor.ProcessorFactory with
      io.kafkafetch.adapter.processors.database.DatabaseSyncFactory,
      io.kafkafetch.adapter.processors.file.FileSinkFactory,
      io.kafkafetch.adapter.processors.http.StreamingForwarderFactory;
}
