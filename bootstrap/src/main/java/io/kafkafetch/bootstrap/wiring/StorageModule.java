package io.kafkafetch.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.kafkafetch.adapter.persistence.PostgreSqlSettings;
import io.kafkafetch.adapter.persistence.PostgreSqlStorage;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.bootstrap.embedding.EmbeddedServers;
import io.kafkafetch.bootstrap.lifecycle.Lifecycle;
import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.bootstrap.storage.AwaitedStorage;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The database, embedded or not. */
@Module
interface StorageModule {
  /** A database that answers has told by then whether its secrets are ours to read. */
  Duration FIRST_TRY = Duration.ofSeconds(3);

  @Provides
  @Singleton
  static Storage storage(Settings settings, EmbeddedServers embedded, Lifecycle lifecycle) {
    return lifecycle.start("the storage", Duration.ofSeconds(1), () -> open(settings, embedded));
  }

  /** Our own database has just been started; anyone else's may still be away. */
  private static Storage open(Settings settings, EmbeddedServers embedded) {
    var key = settings.secrets().key();
    return settings
        .database()
        .<Storage>map(database ->
            AwaitedStorage.of(() -> PostgreSqlStorage.open(database, key)).requireKey(FIRST_TRY))
        .orElseGet(() ->
            PostgreSqlStorage.open(
                PostgreSqlSettings.parse(embedded.databaseUrl().orElseThrow()), key));
  }
}
