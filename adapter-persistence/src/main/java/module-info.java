/** PostgreSQL behind the driven ports of the application. */
module io.kafkafetch.adapter.persistence {
  requires transitive io.kafkafetch.application;
  requires com.fasterxml.jackson.databind;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires flyway.database.postgresql;
  requires java.naming;
  requires java.sql;
  requires static jakarta.xml.bind;
  requires org.jooq;
  requires static org.checkerframework.checker.qual;
  requires org.postgresql.jdbc;
  requires org.slf4j;

  exports io.kafkafetch.adapter.persistence;
}
