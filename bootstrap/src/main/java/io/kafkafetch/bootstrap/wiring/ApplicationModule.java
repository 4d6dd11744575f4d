package io.kafkafetch.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.kafkafetch.application.Application;
import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.application.driving.SessionLimits;
import io.kafkafetch.bootstrap.lifecycle.DataDir;
import io.kafkafetch.bootstrap.lifecycle.HttpPlace;
import io.kafkafetch.bootstrap.lifecycle.Lifecycle;
import io.kafkafetch.bootstrap.lifecycle.OpenFiles;
import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** The engine over its driven ports. */
@Module
interface ApplicationModule {
  @Provides
  @Singleton
  static DrivenPorts ports(
      Storage storage,
      Broker broker,
      List<ProcessorFactory> processors,
      ProcessorEnvironment environment,
      SecretReferences secrets,
      FleetServer self,
      Settings settings) {
    var sessions = settings.sessions();
    return new DrivenPorts(storage, broker, processors, environment, secrets, self)
        .limiting(new SessionLimits(OpenFiles.sessions(sessions.max()), sessions.maxPerGroup()));
  }

  @Provides
  @Singleton
  static FleetServer self(DataDir dataDir, HttpPlace place) {
    return new FleetServer(dataDir.serverId(), place.address());
  }

  @Provides
  @Singleton
  static Application application(DrivenPorts ports, Lifecycle lifecycle) {
    return lifecycle.start(
        "the consumers", Duration.ofSeconds(6), () -> Application.over(ports).start());
  }
}
