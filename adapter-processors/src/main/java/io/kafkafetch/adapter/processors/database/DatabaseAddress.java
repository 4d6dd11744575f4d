package io.kafkafetch.adapter.processors.database;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where the database is and who we are there.
 *
 * @param hosts {@code host:port}, at least one; several are tried in turn, as after a failover
 * @param password empty for none
 * @param parameters what the DSN asks for beyond that, checked against an allow-list
 */
record DatabaseAddress(
    List<String> hosts,
    String database,
    String user,
    String password,
    Map<String, String> parameters) {
  static final String ACCEPTED =
      "postgresql://user:password@host:port/database, optionally behind jdbc:, with special"
          + " characters percent-encoded and parameters among "
          + String.join(", ", Parameter.names());

  /** To a secret that is put in its place later; a file's name has slashes. */
  private static final String REFERENCE = "\\$\\{(?:env|file):[^}]*}";

  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:((?:"
              + REFERENCE
              + "|[^@/?#])*)@)?([^@/?#]+)/([^@/?#]+)(?:\\?([^#]*))?");
  private static final Pattern HOST =
      Pattern.compile("([a-zA-Z0-9._-]{1,253}|\\[[0-9a-fA-F:.]{2,45}])(?::([0-9]{1,5}))?");
  private static final int DEFAULT_PORT = 5432;

  DatabaseAddress {
    hosts = List.copyOf(hosts);
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** Why a DSN is none; says what is accepted, and nothing of the DSN itself. */
  static final class MalformedDsnException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedDsnException(String message) {
      super(message);
    }
  }

  /** Reads a DSN. Class names, file names and a password among the parameters are refused. */
  static DatabaseAddress parse(String dsn) throws MalformedDsnException {
    var shape = SHAPE.matcher(dsn.strip());
    if (!shape.matches()) {
      throw new MalformedDsnException("must be " + ACCEPTED);
    }
    var account = shape.group(1) == null ? "" : shape.group(1);
    int colon = account.indexOf(':');
    var user = decode(colon < 0 ? account : account.substring(0, colon));
    if (user.isEmpty()) {
      throw new MalformedDsnException("must name a user before the host: " + ACCEPTED);
    }
    return new DatabaseAddress(
        hosts(shape.group(2)),
        decode(shape.group(3)),
        user,
        colon < 0 ? "" : decode(account.substring(colon + 1)),
        parameters(shape.group(4) == null ? "" : shape.group(4)));
  }

  private static List<String> hosts(String text) throws MalformedDsnException {
    var hosts = new ArrayList<String>();
    for (var part : text.split(",", -1)) {
      var host = HOST.matcher(part);
      if (!host.matches()) {
        throw new MalformedDsnException("must name hosts as host:port, several with commas");
      }
      int port = host.group(2) == null ? DEFAULT_PORT : Integer.parseInt(host.group(2));
      if (port < 1 || port > 65535) {
        throw new MalformedDsnException("must have a port from 1 to 65535");
      }
      hosts.add(host.group(1).toLowerCase(Locale.ROOT) + ":" + port);
    }
    return hosts;
  }

  private static Map<String, String> parameters(String query) throws MalformedDsnException {
    var parameters = new TreeMap<String, String>();
    for (var pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      var name = decode(equals < 0 ? pair : pair.substring(0, equals));
      var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      var parameter = Parameter.of(name);
      if (parameter.isEmpty()) {
        throw new MalformedDsnException(
            "has a parameter that is not accepted; accepted are "
                + String.join(", ", Parameter.names())
                + ". User and password go before the host");
      }
      if (!parameter.get().accepts(value)) {
        throw new MalformedDsnException(
            "has a value that is not accepted: "
                + parameter.get().wireName()
                + " must be "
                + parameter.get().accepted());
      }
      parameters.put(parameter.get().wireName(), value);
    }
    return parameters;
  }

  private static String decode(String text) throws MalformedDsnException {
    try {
      // In a URL's path and account a plus is a plus.
      var decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (decoded.indexOf('\0') >= 0) {
        throw new MalformedDsnException("must not hold an encoded NUL");
      }
      return decoded;
    } catch (IllegalArgumentException _) {
      throw new MalformedDsnException("must have two hexadecimal digits after each percent sign");
    }
  }

  /** Whether a DSN is a secret as a whole, and says where the database is only when resolved. */
  static boolean isReference(String dsn) {
    return dsn.strip().matches(REFERENCE);
  }

  /** {@code host:port/database}: where the password goes. */
  String destination() {
    return String.join(",", hosts) + "/" + database;
  }

  /** What the driver connects to; holds neither user nor password. */
  String jdbcUrl() {
    return "jdbc:postgresql://"
        + String.join(",", hosts)
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + destination();
  }
}
