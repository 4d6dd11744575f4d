package io.kafkafetch.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.kafkafetch.bootstrap.embedding.EmbeddedServers;
import io.kafkafetch.bootstrap.lifecycle.DataDir;
import io.kafkafetch.bootstrap.lifecycle.Lifecycle;
import io.kafkafetch.bootstrap.settings.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The folder that is ours, and the servers in it. */
@Module
interface EmbeddedModule {
  @Provides
  @Singleton
  static DataDir dataDir(Settings settings, Lifecycle lifecycle) {
    return lifecycle.start(
        "the data folder", Duration.ofMillis(500), () -> DataDir.open(settings.dataDir()));
  }

  @Provides
  @Singleton
  static EmbeddedServers embeddedServers(Settings settings, DataDir dataDir, Lifecycle lifecycle) {
    return lifecycle.start(
        "the embedded servers",
        Duration.ofMillis(4_500),
        () ->
            EmbeddedServers.start(
                dataDir.path(), settings.embedsKafka(), settings.embedsDatabase()));
  }
}
