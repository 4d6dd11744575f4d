package io.kafkafetch.bootstrap.settings;

import io.kafkafetch.bootstrap.database.DatabaseKind;
import io.kafkafetch.bootstrap.database.DatabasePlace;
import io.kafkafetch.bootstrap.settings.Settings.Http;
import io.kafkafetch.bootstrap.settings.Settings.LogLevel;
import io.kafkafetch.bootstrap.settings.Settings.Secrets;
import io.kafkafetch.bootstrap.settings.Settings.Sessions;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.GroupId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns texts into settings, or says which text cannot be used and what is accepted instead. */
final class SettingsReader {
  private static final int SHORTEST_KEY = 16;
  private static final int LONGEST_SOURCE = 200;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern HOST_NAME = Pattern.compile("\\*|(\\*\\.)?[A-Za-z0-9._-]{1,253}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final Path workingDirectory;
  private final DatabaseKind databaseKind;

  private SettingsReader(
      Map<String, String> environment,
      Map<String, String> file,
      Path workingDirectory,
      DatabaseKind databaseKind) {
    this.environment = environment;
    this.file = file;
    this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
    this.databaseKind = databaseKind;
  }

  static Settings read(
      Map<String, String> environment,
      Map<String, String> file,
      Path workingDirectory,
      DatabaseKind databaseKind) {
    return new SettingsReader(environment, file, workingDirectory, databaseKind).settings();
  }

  private Settings settings() {
    var named = namedDatabase();
    var brokers = brokers();
    var dataDir = path(Setting.DATA_DIR, text(Setting.DATA_DIR));
    boolean embedded = named.isEmpty() || brokers.isEmpty();
    var secrets = secrets();
    return new Settings(
        named.or(() -> databaseKind.in(dataDir)),
        brokers,
        logLevel(),
        new Http(host(), (int) number(Setting.HTTP_PORT, 0, 65_535), hostNames()),
        dataDir,
        fileSinkRoots(embedded ? List.of(dataDir.resolve("out")) : List.of()),
        allowedHosts(),
        secrets,
        source(),
        group(),
        new Sessions(
            (int) number(Setting.SESSIONS_MAX, 1, 1_000_000),
            (int) number(Setting.SESSIONS_MAX_PER_GROUP, 1, 1_000_000)),
        path(Setting.PLUGINS_DIR, text(Setting.PLUGINS_DIR)),
        unknown(secrets.environmentPrefix()));
  }

  private Optional<DatabasePlace> namedDatabase() {
    try {
      return given(Setting.DATABASE_URL).map(databaseKind::at);
    } catch (IllegalArgumentException e) {
      // The sentence never repeats the value, which may hold a password.
      throw new WrongSetting(label(Setting.DATABASE_URL) + ": " + e.getMessage());
    }
  }

  private List<BrokerAddress> brokers() {
    return list(Setting.KAFKA_BOOTSTRAP_SERVERS).stream()
        .map(server ->
            BrokerAddress.parse(server)
                .orElseThrow(() -> wrong(Setting.KAFKA_BOOTSTRAP_SERVERS, "host:port,host:port")))
        .toList();
  }

  private LogLevel logLevel() {
    var name = text(Setting.LOG_LEVEL).toUpperCase(Locale.ROOT);
    return EnumSet.allOf(LogLevel.class).stream()
        .filter(level -> level.name().equals(name))
        .findFirst()
        .orElseThrow(() -> wrong(Setting.LOG_LEVEL, "DEBUG, INFO, WARN or ERROR"));
  }

  private Optional<String> host() {
    var host = given(Setting.HTTP_HOST).map(SettingsReader::withoutBrackets);
    if (host.flatMap(BrokerAddress::hostViolation).isPresent()) {
      throw wrong(Setting.HTTP_HOST, "a host name or an IP address");
    }
    return host;
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private Set<String> hostNames() {
    var names = list(Setting.HTTP_ALLOWED_HOSTS);
    if (!names.stream().allMatch(name -> HOST_NAME.matcher(name).matches())) {
      throw wrong(
          Setting.HTTP_ALLOWED_HOSTS,
          "host names such as api.example.com or *.example.com, comma-separated, or *");
    }
    return Set.copyOf(names);
  }

  private List<Path> fileSinkRoots(List<Path> standard) {
    var roots = paths(Setting.FILE_SINK_ROOTS);
    return roots.isEmpty() ? standard : roots;
  }

  private List<String> allowedHosts() {
    var hosts = list(Setting.FORWARDER_ALLOWED_HOSTS);
    if (!hosts.stream().allMatch(AllowedHost::isLegal)) {
      throw wrong(
          Setting.FORWARDER_ALLOWED_HOSTS,
          "host names, IP addresses or CIDRs such as 10.0.0.0/8, comma-separated");
    }
    return hosts;
  }

  private Secrets secrets() {
    var prefix = given(Setting.SECRET_ENV_PREFIX);
    if (prefix.isPresent() && !VARIABLE.matcher(prefix.get()).matches()) {
      throw wrong(
          Setting.SECRET_ENV_PREFIX, "letters, digits and underscores, not starting with a digit");
    }
    var key = given(Setting.SECRET_KEY);
    if (key.isPresent() && key.get().length() < SHORTEST_KEY) {
      throw WrongSetting.secret(
          label(Setting.SECRET_KEY), "at least " + SHORTEST_KEY + " characters");
    }
    return new Secrets(
        prefix, prefix.map(this::variables).orElse(Map.of()), paths(Setting.SECRET_ROOTS), key);
  }

  private Map<String, String> variables(String prefix) {
    var variables = new HashMap<>(file);
    variables.putAll(environment);
    variables.keySet().removeIf(name -> !name.startsWith(prefix));
    return variables;
  }

  private String source() {
    var source = text(Setting.PRODUCE_SOURCE);
    if (source.length() > LONGEST_SOURCE || source.chars().anyMatch(Character::isISOControl)) {
      throw wrong(
          Setting.PRODUCE_SOURCE,
          "1 to " + LONGEST_SOURCE + " characters without control characters");
    }
    return source;
  }

  private GroupId group() {
    var group = text(Setting.CONSUME_GROUP_ID);
    GroupId.violation(group)
        .ifPresent(violation -> {
          throw wrong(Setting.CONSUME_GROUP_ID, "a group id, which " + violation);
        });
    return new GroupId(group);
  }

  private long number(Setting setting, long min, long max) {
    var digits = text(setting);
    long number = DIGITS.matcher(digits).matches() ? Long.parseLong(digits) : -1;
    if (number < min || number > max) {
      throw wrong(setting, "a whole number from " + min + " to " + max);
    }
    return number;
  }

  private List<Path> paths(Setting setting) {
    return list(setting).stream().map(text -> path(setting, text)).toList();
  }

  private Path path(Setting setting, String text) {
    try {
      return workingDirectory.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw wrong(setting, "a path");
    }
  }

  private List<String> list(Setting setting) {
    return given(setting).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private String text(Setting setting) {
    return given(setting).orElse(setting.standard());
  }

  /** Set to nothing is not set: that is how compose files pass on what they do not have. */
  private Optional<String> given(Setting setting) {
    return nonBlank(environment.get(setting.name())).or(() -> nonBlank(file.get(setting.name())));
  }

  private static Optional<String> nonBlank(@Nullable String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }

  private WrongSetting wrong(Setting setting, String accepted) {
    return WrongSetting.of(label(setting), accepted, text(setting));
  }

  /** The name, and where it was set when that is not the environment. */
  private String label(Setting setting) {
    return nonBlank(environment.get(setting.name())).isPresent()
        ? setting.name()
        : setting.name() + " in .env";
  }

  private List<String> unknown(Optional<String> secretPrefix) {
    var known =
        EnumSet.allOf(Setting.class).stream().map(Setting::name).collect(Collectors.toSet());
    return file.keySet().stream()
        .filter(name -> !known.contains(name))
        .filter(name -> secretPrefix.stream().noneMatch(name::startsWith))
        .toList();
  }
}
