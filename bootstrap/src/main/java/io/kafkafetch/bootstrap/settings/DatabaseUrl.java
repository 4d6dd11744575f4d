package io.kafkafetch.bootstrap.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which PostgreSQL, and as whom.
 *
 * @param jdbcUrl without user and password, so that it may be shown
 * @param user the role to connect as
 * @param password empty when none is needed
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {
  private static final String SCHEME = "postgresql://";

  /** {@code host}, {@code host:port} or {@code [address]:port}, several when there are replicas. */
  private static final Pattern HOSTS =
      Pattern.compile(
          "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?"
              + "(?:,(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?)*");

  private static final Pattern DATABASE = Pattern.compile("[^/?#\\s]+");

  /**
   * Reads {@code postgresql://user:password@host:5432/db}, or the same behind {@code jdbc:}, where
   * user and password may also be parameters; other parameters are handed to the driver. Empty when
   * it is neither.
   */
  static Optional<DatabaseUrl> parse(String text) {
    var url = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
    int slash = url.indexOf('/', SCHEME.length());
    if (!url.startsWith(SCHEME) || slash < 0) {
      return Optional.empty();
    }
    int question = url.indexOf('?', slash);
    var database = question < 0 ? url.substring(slash + 1) : url.substring(slash + 1, question);
    var authority = url.substring(SCHEME.length(), slash);
    int at = authority.lastIndexOf('@');
    var hosts = authority.substring(at + 1);
    if (!HOSTS.matcher(hosts).matches() || !DATABASE.matcher(database).matches()) {
      return Optional.empty();
    }
    try {
      var credentials = new Credentials(at < 0 ? "" : authority.substring(0, at));
      var rest = question < 0 ? "" : credentials.takenFrom(url.substring(question + 1));
      return Optional.of(
          new DatabaseUrl(
              "jdbc:" + SCHEME + hosts + "/" + database + rest,
              credentials.user,
              credentials.password));
    } catch (IllegalArgumentException e) {
      // A percent sign that encodes nothing.
      return Optional.empty();
    }
  }

  /** Hides the password. */
  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }

  /** User and password, from before the host or from the parameters. */
  private static final class Credentials {
    private String user = "";
    private String password = "";

    Credentials(String userInfo) {
      int colon = userInfo.indexOf(':');
      user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
      password = colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
    }

    /** Takes user and password out of the parameters and answers the others. */
    String takenFrom(String parameters) {
      var others = new ArrayList<String>();
      for (var parameter : parameters.split("&", -1)) {
        if (parameter.startsWith("user=")) {
          user = decoded(parameter.substring("user=".length()));
        } else if (parameter.startsWith("password=")) {
          password = decoded(parameter.substring("password=".length()));
        } else if (!parameter.isEmpty()) {
          others.add(parameter);
        }
      }
      return others.isEmpty() ? "" : "?" + String.join("&", others);
    }

    private static String decoded(String text) {
      // In a user info a plus sign is itself (RFC 3986); only forms read it as a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
  }
}
