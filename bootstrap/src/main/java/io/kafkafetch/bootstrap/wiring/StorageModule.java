package io.kafkafetch.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.bootstrap.database.DatabasePlace;
import io.kafkafetch.bootstrap.database.PostgreSql;
import io.kafkafetch.bootstrap.embedding.EmbeddedServers;
import io.kafkafetch.bootstrap.lifecycle.Lifecycle;
import io.kafkafetch.bootstrap.lifecycle.StartFailure;
import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.bootstrap.storage.AwaitedStorage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

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

  private static Storage open(Settings settings, EmbeddedServers embedded) {
    var key = settings.secrets().key();
    return settings
        .database()
        .map(place -> open(place, key))
        .orElseGet(() -> embedded(embedded.databaseUrl().orElseThrow(), key));
  }

  /** Our own database has just been started. */
  private static Storage embedded(String url, Optional<String> key) {
    return new PostgreSql().at(url).opener().open(key);
  }

  /** What is in this process is there or is not; anything else may still be away. */
  private static Storage open(DatabasePlace place, Optional<String> key) {
    if (!place.local()) {
      return AwaitedStorage.of(() -> place.opener().open(key)).requireKey(FIRST_TRY);
    }
    try {
      return place.opener().open(key);
    } catch (IllegalArgumentException refused) {
      throw new StartFailure(String.valueOf(refused.getMessage()), refused);
    }
  }
}
