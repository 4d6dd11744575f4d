/** A real single-node Kafka broker and a real PostgreSQL, as child processes of this one. */
module io.kafkafetch.embedded {
  requires static transitive org.jspecify;
  requires org.slf4j;

}
