package io.kafkafetch.adapter.persistence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which database, and how to speak with it.
 *
 * @param hosts where it listens; more than one are tried in turn
 * @param database its name; empty for one named like the user
 * @param user who connects; empty for the user of the operating system
 * @param password empty where none is needed
 * @param properties further properties of the PostgreSQL driver, such as {@code sslmode}
 * @param poolSize how many connections are used at most, 1 to 100; one more listens for changes
 */
public record PostgreSqlSettings(
    List<Host> hosts,
    Optional<String> database,
    Optional<String> user,
    Optional<String> password,
    Map<String, String> properties,
    int poolSize) {
  private static final int DEFAULT_POOL_SIZE = 8;
  private static final int MAX_POOL_SIZE = 100;

  public PostgreSqlSettings {
    hosts = List.copyOf(hosts);
    properties = Map.copyOf(new TreeMap<>(properties));
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("A database has at least one host");
    }
    if (poolSize < 1 || poolSize > MAX_POOL_SIZE) {
      throw new IllegalArgumentException(
          "The pool has 1 to " + MAX_POOL_SIZE + " connections, not " + poolSize);
    }
  }

  /**
   * Where a server listens.
   *
   * @param name a host name or an address, IPv6 without brackets
   * @param port 1 to 65535
   */
  public record Host(String name, int port) {
    @Override
    public String toString() {
      return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
  }

  /**
   * Reads {@code postgresql://user:password@host:5432/database}, the same behind {@code jdbc:}, or
   * JDBC's form with {@code ?user=…&password=…}. Hosts may be several, separated by commas; what is
   * special in a URL is percent-encoded; parameters are those of the driver, and the usual ones of
   * libpq.
   *
   * @throws IllegalArgumentException with a sentence that never contains the password, when it is
   *     neither
   */
  public static PostgreSqlSettings parse(String url) {
    return DatabaseUrl.parse(url, DEFAULT_POOL_SIZE);
  }

  /** The same with another pool size. */
  public PostgreSqlSettings withPoolSize(int size) {
    return new PostgreSqlSettings(hosts, database, user, password, properties, size);
  }

  /** {@code host:5432/database}: which database it is, without anything secret. */
  public String address() {
    return hosts.stream().map(Host::toString).collect(Collectors.joining(","))
        + database.map(name -> "/" + name).orElse("");
  }

  /** The address alone: neither the password nor the properties, which may hold another. */
  @Override
  public String toString() {
    return "PostgreSqlSettings[" + address() + ", poolSize=" + poolSize + "]";
  }
}
