package io.kafkafetch.bootstrap.wiring;

import dagger.BindsInstance;
import dagger.Component;
import io.kafkafetch.adapter.http.HttpApi;
import io.kafkafetch.bootstrap.lifecycle.HttpPlace;
import io.kafkafetch.bootstrap.lifecycle.Lifecycle;
import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.ProcessorFactory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/**
 * The whole server. Each part is started when the one around it asks for it, and tells the {@link
 * Lifecycle}: what is asked for last is the outermost, and the first to stop.
 */
@Singleton
@Component(
    modules = {
      ApplicationModule.class,
      EmbeddedModule.class,
      HttpModule.class,
      KafkaModule.class,
      ProcessorsModule.class,
      StorageModule.class,
    })
public interface ServerComponent {
  /** The types of processors; asking for them starts nothing. */
  List<ProcessorFactory> processors();

  /** The API, open; asking for it starts the server. */
  HttpApi api();

  /** The server's own Kafka cluster. */
  ClusterAddress cluster();

  /** A server that nothing of runs yet. */
  static ServerComponent of(
      Settings settings, HttpPlace place, Lifecycle lifecycle, InstantSource clock) {
    return DaggerServerComponent.factory().create(settings, place, lifecycle, clock);
  }

  /** What comes from outside. */
  @Component.Factory
  interface Factory {
    /** A server over these. */
    ServerComponent create(
        @BindsInstance Settings settings,
        @BindsInstance HttpPlace place,
        @BindsInstance Lifecycle lifecycle,
        @BindsInstance InstantSource clock);
  }
}
