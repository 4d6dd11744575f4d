package io.kafkafetch.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How to run an embedded PostgreSQL.
 *
 * @param dataDir the folder of the whole installation; PostgreSQL keeps {@code postgresql/} in it
 * @param cacheDir where the binaries are unpacked once, {@code cache/} in the data folder by
 *     default
 * @param preferredPort the port to take on the first start, or the next free one after it
 *     (1-65535); 0 takes any free one. Later starts use the port that the first one chose
 * @param serverSettings further settings, as in {@code postgresql.conf}; they win over ours
 * @param startLimit how long it may take until it accepts connections, crash recovery included, 60
 *     s by default
 * @param stopLimit how long it may take to stop before it is killed, 10 s by default
 */
public record EmbeddedPostgreSqlSettings(
    Path dataDir,
    Path cacheDir,
    int preferredPort,
    Map<String, String> serverSettings,
    Duration startLimit,
    Duration stopLimit) {

  public EmbeddedPostgreSqlSettings {
    dataDir = dataDir.toAbsolutePath().normalize();
    cacheDir = cacheDir.toAbsolutePath().normalize();
    serverSettings = Map.copyOf(serverSettings);
    EmbeddedKafkaSettings.requirePort("preferredPort", preferredPort);
  }

  /** The defaults, in this data folder. */
  public static EmbeddedPostgreSqlSettings in(Path dataDir) {
    return new EmbeddedPostgreSqlSettings(
        dataDir,
        dataDir.resolve("cache"),
        0,
        Map.of(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10));
  }

  /** With another cache folder. */
  public EmbeddedPostgreSqlSettings withCacheDir(Path folder) {
    return new EmbeddedPostgreSqlSettings(
        dataDir, folder, preferredPort, serverSettings, startLimit, stopLimit);
  }

  /** With a preferred port; 0 for any free one. */
  public EmbeddedPostgreSqlSettings withPreferredPort(int port) {
    return new EmbeddedPostgreSqlSettings(
        dataDir, cacheDir, port, serverSettings, startLimit, stopLimit);
  }

  /** With one more server setting. */
  public EmbeddedPostgreSqlSettings withServerSetting(String name, String value) {
    var settings = new HashMap<>(serverSettings);
    settings.put(name, value);
    return new EmbeddedPostgreSqlSettings(
        dataDir, cacheDir, preferredPort, settings, startLimit, stopLimit);
  }

  /** With other limits for start and stop. */
  public EmbeddedPostgreSqlSettings withLimits(Duration start, Duration stop) {
    return new EmbeddedPostgreSqlSettings(
        dataDir, cacheDir, preferredPort, serverSettings, start, stop);
  }
}
