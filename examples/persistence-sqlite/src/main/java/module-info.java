module example.sqlite {
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jdk8;
  requires io.kafkafetch.bootstrap;
  requires java.sql;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  exports example.sqlite;
}
