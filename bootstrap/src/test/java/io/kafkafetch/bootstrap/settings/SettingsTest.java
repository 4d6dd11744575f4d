package io.kafkafetch.bootstrap.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.bootstrap.database.DatabaseKind;
import io.kafkafetch.bootstrap.database.DatabasePlace;
import io.kafkafetch.bootstrap.database.PostgreSql;
import io.kafkafetch.bootstrap.settings.Settings.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Settings")
final class SettingsTest {
  @TempDir private Path home;
  private Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void nothingIsSet() {
    environment = new HashMap<>();
  }

  @Test
  void haveTheDefaultsOfTheContractWhenNothingIsSet() {
    var settings = settings();

    assertTrue(settings.embedsDatabase() && settings.embedsKafka());
    assertEquals(LogLevel.INFO, settings.logLevel());
    assertEquals(new Settings.Http(Optional.empty(), 8000, Set.of()), settings.http());
    assertEquals(home.resolve("data"), settings.dataDir());
    assertEquals(List.of(home.resolve("data/out")), settings.fileSinkRoots());
    assertEquals(List.of(), settings.forwarderAllowedHosts());
    assertEquals(
        new Settings.Secrets(Optional.empty(), Map.of(), List.of(), Optional.empty()),
        settings.secrets());
    assertEquals("kafka-fetch-server", settings.produceSource());
    assertEquals("kafka-fetch-server", settings.consumeGroup().value());
    assertEquals(new Settings.Sessions(10_000, 1_000), settings.sessions());
    assertEquals(home.resolve("plugins"), settings.pluginsDir());
  }

  @Test
  void haveTheDatabaseOfTheKindThatTheServerIsStartedOn() {
    var settings = Settings.of(environment, home, new InFiles());

    assertEquals(
        home.resolve("data/consumers").toString(), settings.database().orElseThrow().address());
    assertFalse(settings.embedsDatabase());
    assertEquals(List.of(home.resolve("data/out")), settings.fileSinkRoots());

    environment.put("DATABASE_URL", "file:elsewhere");
    assertEquals(
        "elsewhere",
        Settings.of(environment, home, new InFiles()).database().orElseThrow().address());
  }

  /** A kind of database that is a file, in the data folder when nobody says where. */
  private static final class InFiles implements DatabaseKind {
    @Override
    public DatabasePlace at(String url) {
      return place(url.substring("file:".length()));
    }

    @Override
    public Optional<DatabasePlace> in(Path dataDir) {
      return Optional.of(place(dataDir.resolve("consumers").toString()));
    }

    private static DatabasePlace place(String address) {
      return new DatabasePlace(
          "File",
          address,
          true,
          _ -> {
            throw new IllegalStateException("Nobody opens it");
          });
    }
  }

  @Test
  void areTakenFromTheFileUnlessTheEnvironmentSaysOtherwise() throws IOException {
    dotEnv(
        """
        # where we listen
        export HTTP_PORT=9000
        HTTP_HOST="::1" # quoted
        PRODUCE_SOURCE=orders # the shop
        LOG_LEVEL='debug'
        """);
    environment.put("HTTP_PORT", "9001");

    var settings = settings();

    assertEquals(new Settings.Http(Optional.of("::1"), 9001, Set.of()), settings.http());
    assertEquals("orders", settings.produceSource());
    assertEquals(LogLevel.DEBUG, settings.logLevel());
  }

  @Test
  void setToNothingAreNotSet() {
    environment.put("HTTP_PORT", " ");
    environment.put("DATABASE_URL", "");

    assertEquals(8000, settings().http().port());
    assertTrue(settings().embedsDatabase());
  }

  @Test
  void letTheFileSinkWriteNowhereByDefaultWhenNothingIsEmbedded() {
    environment.put("DATABASE_URL", "postgresql://u:p@db/fetch");
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "a:9092, [::1]:9093");

    assertEquals(List.of(), settings().fileSinkRoots());
    assertEquals("[a:9092, [::1]:9093]", settings().bootstrapServers().toString());
  }

  @Test
  void nameTheExternalDatabase() {
    environment.put("DATABASE_URL", "jdbc:postgresql://u:p@db:5433/fetch");

    assertEquals("db:5433/fetch", settings().database().orElseThrow().address());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PORT | 65536 | HTTP_PORT must be a whole number from 0 to 65535, not \"65536\"",
        "HTTP_PORT | http | HTTP_PORT must be a whole number from 0 to 65535, not \"http\"",
        "HTTP_HOST | a b | HTTP_HOST must be a host name or an IP address, not \"a b\"",
        "LOG_LEVEL | LOUD | LOG_LEVEL must be DEBUG, INFO, WARN or ERROR, not \"LOUD\"",
        "KAFKA_BOOTSTRAP_SERVERS | kafka | KAFKA_BOOTSTRAP_SERVERS must be host:port,host:port, not \"kafka\"",
        "HTTP_ALLOWED_HOSTS | http://a | HTTP_ALLOWED_HOSTS must be host names such as api.example.com or *.example.com, comma-separated, or *, not \"http://a\"",
        "FORWARDER_ALLOWED_HOSTS | 10.0.0.0/33 | FORWARDER_ALLOWED_HOSTS must be host names, IP addresses or CIDRs such as 10.0.0.0/8, comma-separated, not \"10.0.0.0/33\"",
        "SECRET_ENV_PREFIX | 9 | SECRET_ENV_PREFIX must be letters, digits and underscores, not starting with a digit, not \"9\"",
        "SECRET_KEY | geheim | SECRET_KEY must be at least 16 characters",
        "SESSIONS_MAX | 0 | SESSIONS_MAX must be a whole number from 1 to 1000000, not \"0\"",
        "SESSIONS_MAX_PER_GROUP | -1 | SESSIONS_MAX_PER_GROUP must be a whole number from 1 to 1000000, not \"-1\"",
      })
  void refuseAWrongValueInOneLineThatNamesIt(String name, String value, String line) {
    environment.put(name, value);

    assertEquals(line, assertThrows(WrongSetting.class, this::settings).sentence());
  }

  @Test
  void refuseAWrongDatabaseUrlWithoutRepeatingIt() {
    environment.put("DATABASE_URL", "mysql://u:geheim@db/f");

    var line = assertThrows(WrongSetting.class, this::settings).sentence();
    assertTrue(line.startsWith("DATABASE_URL: ") && line.contains("postgresql://user:password@"));
    assertFalse(line.contains("geheim"));
  }

  @Test
  void sayWhenAWrongValueIsInTheFileAndKeepItOnOneLine() throws IOException {
    dotEnv("HTTP_PORT=80\u000180\n");

    assertEquals(
        "HTTP_PORT in .env must be a whole number from 0 to 65535, not \"80?80\"",
        assertThrows(WrongSetting.class, this::settings).sentence());
  }

  @Test
  void refuseALineOfTheFileThatSetsNothingWithoutRepeatingIt() throws IOException {
    dotEnv("HTTP_PORT=8001\ngeheim\n");

    assertEquals(
        "Line 2 of " + home.resolve(".env") + " must be NAME=value",
        assertThrows(WrongSetting.class, this::settings).sentence());
  }

  @Test
  void nameWhatInTheFileIsNoSettingButSecretsThatMayBeReferenced() throws IOException {
    dotEnv("HTPT_PORT=1\nSECRET_ENV_PREFIX=MY_\nMY_TOKEN=t\n");

    assertEquals(List.of("HTPT_PORT"), settings().unknown());
    assertEquals("t", settings().secrets().variables().get("MY_TOKEN"));
  }

  @Test
  void neverShowAPasswordOrAKey() {
    environment.put("DATABASE_URL", "jdbc:postgresql://db/f?user=u&password=geheim");
    environment.put("SECRET_KEY", "geheim-geheim-geheim");

    assertFalse(settings().toString().contains("geheim"));
  }

  @Test
  void acceptNetworksAndHostsForTheForwarder() {
    environment.put("FORWARDER_ALLOWED_HOSTS", "10.0.0.0/8, fd00::/8, sink.internal,127.0.0.1");

    assertEquals(
        List.of("10.0.0.0/8", "fd00::/8", "sink.internal", "127.0.0.1"),
        settings().forwarderAllowedHosts());
  }

  private Settings settings() {
    return Settings.of(environment, home, new PostgreSql());
  }

  private void dotEnv(String text) throws IOException {
    Files.writeString(home.resolve(".env"), text);
  }
}
