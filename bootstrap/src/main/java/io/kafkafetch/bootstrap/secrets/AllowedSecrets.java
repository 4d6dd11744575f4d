package io.kafkafetch.bootstrap.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves <code>${env:NAME}</code> and <code>${file:/path}</code>, but only names under a prefix
 * and files under given roots: otherwise any caller could have any variable of this process sent to
 * an endpoint of their own.
 */
public final class AllowedSecrets implements SecretReferences {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");
  private static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.:-]*://");
  private static final long LARGEST_FILE = 64 * 1024;

  private final Optional<String> prefix;
  private final List<Path> roots;
  private final Map<String, String> variables;

  /**
   * Resolves within these bounds.
   *
   * @param prefix what names of variables must start with; none may be named when empty
   * @param roots where files must lie, after symbolic links
   * @param variables the environment
   */
  public AllowedSecrets(Optional<String> prefix, List<Path> roots, Map<String, String> variables) {
    this.prefix = prefix;
    this.roots = List.copyOf(roots);
    this.variables = Map.copyOf(variables);
  }

  @Override
  public Resolution resolve(ProcessorConfig config) {
    try {
      var values = new LinkedHashMap<String, Object>();
      config.values().forEach((key, value) -> values.put(key, resolved(value)));
      return new Resolution.Resolved(new ProcessorConfig(values));
    } catch (Unresolvable e) {
      return new Resolution.Unresolved(e.reason);
    }
  }

  private Object resolved(Object value) {
    return switch (value) {
      case String text -> {
        boolean inUrl = URL.matcher(text).lookingAt();
        yield REFERENCE.matcher(text).replaceAll(found -> replacement(found, inUrl));
      }
      case List<?> list -> {
        var copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(resolved(element)));
        yield copy;
      }
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, Object>();
        map.forEach((key, element) -> copy.put(key, resolved(element)));
        yield copy;
      }
      default -> value;
    };
  }

  private String replacement(MatchResult reference, boolean inUrl) {
    var name = reference.group(2);
    var secret = reference.group(1).equals("env") ? variable(name) : file(name);
    return Matcher.quoteReplacement(inUrl ? encoded(secret) : secret);
  }

  /** As it is written in a URL, or a password with an {@code @} would name another host. */
  private static String encoded(String secret) {
    return URLEncoder.encode(secret, UTF_8).replace("+", "%20");
  }

  private String variable(String name) {
    if (prefix.stream().noneMatch(name::startsWith)) {
      throw new Unresolvable(
          "${env:"
              + name
              + "} is not allowed: "
              + prefix
                  .map(p -> "only names that start with " + p + " are")
                  .orElse("SECRET_ENV_PREFIX is not set"));
    }
    return Optional.ofNullable(variables.get(name))
        .orElseThrow(() -> new Unresolvable("The environment variable " + name + " is not set"));
  }

  private String file(String name) {
    try {
      var path = Path.of(name).toRealPath();
      if (!path.isAbsolute() || !Path.of(name).isAbsolute() || !isUnderARoot(path)) {
        throw notAllowed(name);
      }
      if (Files.size(path) > LARGEST_FILE) {
        throw new Unresolvable("The file of ${file:" + name + "} is larger than a secret can be");
      }
      // Editors and `echo` end a file with a line break that is no part of the secret.
      return Files.readString(path).stripTrailing();
    } catch (InvalidPathException | IOException e) {
      // Whether a file exists is nobody's business outside of the roots.
      throw isNamedUnderARoot(name)
          ? new Unresolvable("The file of ${file:" + name + "} cannot be read")
          : notAllowed(name);
    }
  }

  private Unresolvable notAllowed(String name) {
    return new Unresolvable(
        "${file:"
            + name
            + "} is not allowed: "
            + (roots.isEmpty() ? "SECRET_ROOTS is not set" : "only files under SECRET_ROOTS are"));
  }

  private boolean isUnderARoot(Path path) throws IOException {
    for (var root : roots) {
      if (Files.exists(root) && path.startsWith(root.toRealPath())) {
        return true;
      }
    }
    return false;
  }

  private boolean isNamedUnderARoot(String name) {
    try {
      var path = Path.of(name).normalize();
      return path.isAbsolute() && roots.stream().anyMatch(path::startsWith);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static final class Unresolvable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    Unresolvable(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
