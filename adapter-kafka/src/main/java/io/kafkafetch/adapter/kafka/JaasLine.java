package io.kafkafetch.adapter.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * The one line of JAAS that a login is made of. The values in it are somebody else's texts, so each
 * is quoted: nothing in it can end its quotes and name another login module or option.
 */
final class JaasLine {
  private final String module;
  private final Map<String, String> options = new LinkedHashMap<>();

  private JaasLine(Class<?> module) {
    this.module = module.getName();
  }

  static Password plain(String user, String password) {
    return new JaasLine(PlainLoginModule.class).login(user, password);
  }

  static Password scram(String user, String password) {
    return new JaasLine(ScramLoginModule.class).login(user, password);
  }

  /** The text that tokens come of, itself or resolved; see {@link TokenLogin}. */
  static Password token(String source) {
    var line = new JaasLine(OAuthBearerLoginModule.class);
    line.options.put(TokenLogin.SOURCE, source);
    return line.password();
  }

  private Password login(String user, String password) {
    options.put("username", user);
    options.put("password", password);
    return password();
  }

  private Password password() {
    return new Password(
        options.entrySet().stream()
            .map(option -> option.getKey() + "=" + quoted(option.getValue()))
            .collect(Collectors.joining(" ", module + " required ", ";")));
  }

  /**
   * Within double quotes Kafka's tokenizer knows the backslash and the quote; a line break would
   * end the text, and other control characters are in no user's name.
   */
  private static String quoted(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new UnusableClientConfigException(
          "client_config holds a user, password or token with a line break or another control"
              + " character");
    }
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
