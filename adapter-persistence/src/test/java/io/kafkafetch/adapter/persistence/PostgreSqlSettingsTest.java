package io.kafkafetch.adapter.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.persistence.PostgreSqlSettings.Host;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgreSqlSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://anna:secret@db.example:5433/fetch",
        "postgres://anna:secret@db.example:5433/fetch",
        "jdbc:postgresql://anna:secret@db.example:5433/fetch",
        "jdbc:postgresql://db.example:5433/fetch?user=anna&password=secret",
        " postgresql://anna:secret@db.example:5433/fetch\n"
      })
  void everyUsualFormOfAnAddressIsRead(String url) {
    var settings = PostgreSqlSettings.parse(url);

    assertEquals(List.of(new Host("db.example", 5433)), settings.hosts());
    assertEquals(Optional.of("fetch"), settings.database());
    assertEquals(Optional.of("anna"), settings.user());
    assertEquals(Optional.of("secret"), settings.password());
    assertEquals(Map.of(), settings.properties());
  }

  @Test
  void whatIsSpecialInAnAddressIsPercentEncoded() {
    var settings = PostgreSqlSettings.parse("postgresql://a%40b:p%3A%2F%3f%25%C3%A4+@h/d%20b");

    assertEquals(Optional.of("a@b"), settings.user());
    assertEquals(Optional.of("p:/?%ä+"), settings.password());
    assertEquals(Optional.of("d b"), settings.database());
  }

  @Test
  void aPasswordMayHoldAColonAndAnAt() {
    var settings = PostgreSqlSettings.parse("postgresql://anna:a:b@c@db/fetch");

    assertEquals(Optional.of("a:b@c"), settings.password());
    assertEquals(List.of(new Host("db", 5432)), settings.hosts());
  }

  @Test
  void hostsMayBeSeveralAndIpv6() {
    var settings = PostgreSqlSettings.parse("postgresql://[::1]:5433,db.example,10.0.0.1:/fetch");

    assertEquals(
        List.of(new Host("::1", 5433), new Host("db.example", 5432), new Host("10.0.0.1", 5432)),
        settings.hosts());
    assertEquals("[::1]:5433,db.example:5432,10.0.0.1:5432/fetch", settings.address());
  }

  @Test
  void whatIsLeftOutIsLeftToTheDriver() {
    var settings = PostgreSqlSettings.parse("postgresql://");

    assertEquals(List.of(new Host("localhost", 5432)), settings.hosts());
    assertEquals(Optional.empty(), settings.database());
    assertEquals(Optional.empty(), settings.user());
    assertEquals(Optional.empty(), settings.password());
  }

  @Test
  void parametersAreThoseOfTheDriverAndTheUsualOnesOfLibpq() {
    var settings =
        PostgreSqlSettings.parse(
            "postgresql://h/d?sslmode=require&application_name=my%20app"
                + "&target_session_attrs=read-write");

    assertEquals(
        Map.of("sslmode", "require", "ApplicationName", "my app", "targetServerType", "primary"),
        settings.properties());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "mysql://anna:secret@db/fetch",
        "jdbc:postgresql:secret",
        "postgresql://anna:secret@db:0/fetch",
        "postgresql://anna:secret@db:65536/fetch",
        "postgresql://anna:secret@db:x/fetch",
        "postgresql://anna:pass/secret@db/fetch",
        "postgresql://anna:secret%zz@db/fetch",
        "postgresql://anna:secret%F@db/fetch",
        "postgresql://anna:secret%FF@db/fetch",
        "postgresql://anna:secret@%2Fvar%2Frun/fetch",
        "postgresql://anna:secret@[::1/fetch",
        "postgresql://anna:secret@db/fetch?secret",
        "postgresql://anna:secret@db/fetch?unknown=secret"
      })
  void whatIsNoAddressIsRefusedWithoutQuotingASecret(String url) {
    var refused = assertThrows(IllegalArgumentException.class, () -> PostgreSqlSettings.parse(url));

    assertFalse(String.valueOf(refused.getMessage()).contains("secret"), refused.getMessage());
  }

  @Test
  void settingsAsTextShowNoSecret() {
    var text =
        PostgreSqlSettings.parse("postgresql://anna:secret@db/fetch?sslpassword=hidden").toString();

    assertFalse(text.contains("secret"), text);
    assertFalse(text.contains("hidden"), text);
    assertTrue(text.contains("db:5432/fetch"), text);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 101})
  void aPoolIsNeitherEmptyNorHuge(int size) {
    var settings = PostgreSqlSettings.parse("postgresql://h/d");

    assertThrows(IllegalArgumentException.class, () -> settings.withPoolSize(size));
  }
}
