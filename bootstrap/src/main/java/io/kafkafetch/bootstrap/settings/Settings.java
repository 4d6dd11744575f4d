package io.kafkafetch.bootstrap.settings;

import io.kafkafetch.bootstrap.database.DatabaseKind;
import io.kafkafetch.bootstrap.database.DatabasePlace;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.GroupId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the server shall run, every value checked.
 *
 * @param database where consumers are kept; the embedded PostgreSQL when empty
 * @param bootstrapServers the external Kafka; embedded when empty
 * @param logLevel how much is logged
 * @param http where the API listens
 * @param dataDir what outlives a restart, absolute
 * @param fileSinkRoots where {@code file_sink} may write, absolute; nowhere when empty
 * @param forwarderAllowedHosts private hosts and networks that may be forwarded to
 * @param secrets what secret references may name, and the key for secrets at rest
 * @param produceSource {@code source} of produced messages
 * @param consumeGroup the group of {@code /consume}
 * @param sessions how many HTTP consumer sessions there may be
 * @param pluginsDir where jars with further processors are, absolute; need not exist
 * @param unknown names in {@code .env} that are no settings
 */
public record Settings(
    Optional<DatabasePlace> database,
    List<BrokerAddress> bootstrapServers,
    LogLevel logLevel,
    Http http,
    Path dataDir,
    List<Path> fileSinkRoots,
    List<String> forwarderAllowedHosts,
    Secrets secrets,
    String produceSource,
    GroupId consumeGroup,
    Sessions sessions,
    Path pluginsDir,
    List<String> unknown) {
  public Settings {
    bootstrapServers = List.copyOf(bootstrapServers);
    fileSinkRoots = List.copyOf(fileSinkRoots);
    forwarderAllowedHosts = List.copyOf(forwarderAllowedHosts);
    unknown = List.copyOf(unknown);
  }

  /**
   * The settings of an environment and of {@code .env} in a working directory; the environment
   * wins.
   *
   * @param kind what {@code DATABASE_URL} names
   * @throws WrongSetting naming the first value that cannot be used
   */
  public static Settings of(
      Map<String, String> environment, Path workingDirectory, DatabaseKind kind) {
    return SettingsReader.read(
        environment, DotEnv.read(workingDirectory.resolve(".env")), workingDirectory, kind);
  }

  /** Whether the broker is ours. */
  public boolean embedsKafka() {
    return bootstrapServers.isEmpty();
  }

  /** Whether the database is ours. */
  public boolean embedsDatabase() {
    return database.isEmpty();
  }

  /** How much is logged. */
  public enum LogLevel {
    /** Everything, with stack traces. */
    DEBUG,
    /** What an operator wants to read. */
    INFO,
    /** What may need somebody. */
    WARN,
    /** What needs somebody. */
    ERROR
  }

  /**
   * Where the API listens.
   *
   * @param host a host name or an IP address (without brackets); empty for loopback
   * @param port 0 to 65535; 0 takes any free one
   * @param allowedHosts what {@code Host} may name besides the server itself
   */
  public record Http(Optional<String> host, int port, Set<String> allowedHosts) {
    public Http {
      allowedHosts = Set.copyOf(allowedHosts);
    }
  }

  /**
   * What secret references may name, and the key for secrets at rest.
   *
   * @param environmentPrefix {@code ${env:NAME}} resolves only for names that start so; none do
   *     when empty
   * @param variables the values of all such names, from the environment and {@code .env}
   * @param roots {@code ${file:/path}} resolves only under these, absolute
   * @param key the key that encrypts secrets at rest, when there is one
   */
  public record Secrets(
      Optional<String> environmentPrefix,
      Map<String, String> variables,
      List<Path> roots,
      Optional<String> key) {
    public Secrets {
      variables = Map.copyOf(variables);
      roots = List.copyOf(roots);
    }

    /** Hides the key and the values. */
    @Override
    public String toString() {
      return "Secrets[environmentPrefix=%s, roots=%s]".formatted(environmentPrefix, roots);
    }
  }

  /**
   * How many HTTP consumer sessions there may be.
   *
   * @param max in all, at least 1
   * @param maxPerGroup in one group, at least 1
   */
  public record Sessions(int max, int maxPerGroup) {}
}
