/** PostgreSQL behind the driven ports of the application. */
module io.kafkafetch.adapter.persistence {
  requires transitive io.kafkafetch.application;
  requires com.fasterxml.jackson.databind;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires java.sql;
  requires org.jooq;
  requires org.slf4j;

}
