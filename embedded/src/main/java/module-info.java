/** A real single-node Kafka broker and a real PostgreSQL, as child processes of this one. */
module io.kafkafetch.embedded {
  requires static transitive org.jspecify;
  requires transitive java.sql;
  requires org.apache.commons.compress;
  requires org.slf4j;
  requires org.tukaani.xz;

  exports io.kafkafetch.embedded;
}
