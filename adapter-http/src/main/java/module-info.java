/** The REST API over the driving ports of the application. */
module io.kafkafetch.adapter.http {
  requires transitive io.kafkafetch.application;
  requires com.fasterxml.jackson.databind;
  requires io.javalin;
  requires java.net.http;
  requires org.slf4j;
  requires swagger.ui;

  exports io.kafkafetch.adapter.http;
}
