package io.kafkafetch.adapter.persistence;

import io.kafkafetch.adapter.persistence.PostgreSqlSettings.Host;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGProperty;

/**
 * The connection URI of libpq and JDBC's URL, which differ in little ("Connection URIs", PostgreSQL
 * documentation 34.1.1.2; "Connecting to the Database", pgjdbc documentation).
 */
final class DatabaseUrl {
  private static final int DEFAULT_PORT = 5432;

  /** How libpq calls what the driver calls otherwise. */
  private static final Map<String, String> LIBPQ_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout",
          "channel_binding", "channelBinding",
          "gssencmode", "gssEncMode",
          "target_session_attrs", "targetServerType");

  private DatabaseUrl() {}

  static PostgreSqlSettings parse(String url, int poolSize) {
    var rest = withoutScheme(url.strip());
    int question = rest.indexOf('?');
    var parameters =
        question < 0 ? new HashMap<String, String>() : parameters(rest.substring(question + 1));
    var path = question < 0 ? rest : rest.substring(0, question);
    int slash = path.indexOf('/');
    var authority = slash < 0 ? path : path.substring(0, slash);
    var database = slash < 0 ? "" : decode(path.substring(slash + 1), "database name");
    int at = authority.lastIndexOf('@');
    var credentials = at < 0 ? "" : authority.substring(0, at);
    int colon = credentials.indexOf(':');
    var user = colon < 0 ? credentials : credentials.substring(0, colon);
    var password = colon < 0 ? "" : credentials.substring(colon + 1);
    return new PostgreSqlSettings(
        hosts(authority.substring(at + 1)),
        present(database),
        present(decode(user, "user")).or(() -> taken(parameters, "user")),
        present(decode(password, "password")).or(() -> taken(parameters, "password")),
        known(parameters),
        poolSize);
  }

  private static String withoutScheme(String url) {
    var plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    for (var scheme : List.of("postgresql://", "postgres://")) {
      if (plain.startsWith(scheme)) {
        return plain.substring(scheme.length());
      }
    }
    throw new IllegalArgumentException(
        "The address of a database looks like postgresql://user:password@host:5432/database, or"
            + " the same behind jdbc:");
  }

  private static List<Host> hosts(String text) {
    var hosts = new ArrayList<Host>();
    for (var host : text.split(",", -1)) {
      hosts.add(host(host));
    }
    return hosts;
  }

  private static Host host(String text) {
    int bracket = text.lastIndexOf(']');
    int colon = text.indexOf(':', Math.max(bracket, 0));
    var name = decode(colon < 0 ? text : text.substring(0, colon), "host");
    if (bracket >= 0 && (!name.startsWith("[") || !name.endsWith("]"))) {
      throw new IllegalArgumentException("An IPv6 address of a database looks like [::1]:5432");
    }
    if (name.startsWith("/")) {
      throw new IllegalArgumentException(
          "A database is reached by host and port, not by a socket in the file system");
    }
    var bare = bracket >= 0 ? name.substring(1, name.length() - 1) : name;
    return new Host(
        bare.isEmpty() ? "localhost" : bare,
        colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    if (text.isEmpty()) {
      return DEFAULT_PORT;
    }
    if (text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    // The text itself may be a piece of a password in which an '@' was not percent-encoded.
    throw new IllegalArgumentException(
        "The port of a database is a whole number from 1 to 65535; in a user name or password,"
            + " '@', ':', '/' and '?' are written as %40, %3A, %2F and %3F");
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new HashMap<String, String>();
    for (var parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parameters.put(
            decode(parameter.substring(0, equals), "parameter"),
            decode(parameter.substring(equals + 1), "parameter"));
      } else if (!parameter.isEmpty()) {
        throw new IllegalArgumentException(
            "The parameters of a database's address look like ?name=value&name=value");
      }
    }
    return parameters;
  }

  private static Map<String, String> known(Map<String, String> parameters) {
    var known = new HashMap<String, String>();
    parameters.forEach((name, value) -> {
      var driverName = LIBPQ_NAMES.getOrDefault(name, name);
      if (PGProperty.forName(driverName) == null) {
        throw new IllegalArgumentException(
            "The PostgreSQL driver knows no parameter named " + name);
      }
      known.put(driverName, driverValue(driverName, value));
    });
    return known;
  }

  private static String driverValue(String name, String value) {
    return name.equals("targetServerType") && value.equals("read-write") ? "primary" : value;
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<String> taken(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.remove(name)).filter(value -> !value.isEmpty());
  }

  /** Percent-decoding of RFC 3986, in which '+' stands for itself. */
  private static String decode(String text, String what) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = new ByteArrayOutputStream(text.length());
    var encoded = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        bytes.write(encoded[i]);
        continue;
      }
      int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
      int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw badEncoding(what);
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw badEncoding(what);
    }
  }

  private static IllegalArgumentException badEncoding(String what) {
    return new IllegalArgumentException(
        "The "
            + what
            + " in the address of a database is not percent-encoded right; a '%' is written as"
            + " %25");
  }
}
