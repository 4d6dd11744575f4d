package io.kafkafetch.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.bootstrap.database.DatabasePlace;
import io.kafkafetch.bootstrap.database.PostgreSql;
import io.kafkafetch.bootstrap.embedding.EmbeddedServers;
import io.kafkafetch.bootstrap.lifecycle.Lifecycle;
import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.bootstrap.storage.AwaitedStorage;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The database, embedded or not. */
@Module
interface StorageModule {
  @Provides
  @Singleton
  static Storage storage(Settings settings, EmbeddedServers embedded, Lifecycle lifecycle) {
    return lifecycle.start("the storage", Duration.ofSeconds(1), () -> open(settings, embedded));
  }

  private static Storage open(Settings settings, EmbeddedServers embedded) {
    return settings
        .database()
        .map(StorageModule::open)
        .orElseGet(() -> new PostgreSql().at(embedded.databaseUrl().orElseThrow()).open().get());
  }

  /** What is in this process is there or is not; anything else may still be away. */
  private static Storage open(DatabasePlace place) {
    return place.local() ? place.open().get() : AwaitedStorage.of(place.open());
  }
}
