package io.kafkafetch.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.kafkafetch.adapter.http.HttpApi;
import io.kafkafetch.adapter.http.HttpLimits;
import io.kafkafetch.adapter.http.HttpSettings;
import io.kafkafetch.adapter.http.ServerDescription;
import io.kafkafetch.application.Application;
import io.kafkafetch.bootstrap.About;
import io.kafkafetch.bootstrap.lifecycle.HttpPlace;
import io.kafkafetch.bootstrap.lifecycle.Lifecycle;
import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** The API over the application. */
@Module
interface HttpModule {
  /** What requests in progress have left when the server stops. */
  Duration STOP = Duration.ofMillis(2_500);

  @Provides
  @Singleton
  static HttpSettings settings(Settings settings, HttpPlace place) {
    var http = settings.http();
    return new HttpSettings(
        http.host(), place.port(), http.allowedHosts(), stoppingWithin(HttpLimits.defaults()));
  }

  @Provides
  @Singleton
  static ServerDescription description(Settings settings, ClusterAddress cluster) {
    return new ServerDescription(
        About.version(),
        cluster.bootstrapServers().stream().map(BrokerAddress::toString).toList(),
        settings.embedsKafka(),
        settings.produceSource(),
        settings.consumeGroup().value());
  }

  @Provides
  @Singleton
  static HttpApi api(
      HttpSettings settings,
      Application application,
      ServerDescription description,
      InstantSource clock,
      Lifecycle lifecycle) {
    var ports = OfferedPorts.of(application);
    return lifecycle.start(
        "the API", STOP.plusMillis(500), () -> HttpApi.start(settings, ports, description, clock));
  }

  private static HttpLimits stoppingWithin(HttpLimits limits) {
    return new HttpLimits(
        limits.connections(),
        limits.requests(),
        limits.bodyMemory(),
        limits.idle(),
        limits.bodyGrace(),
        limits.bodyRate(),
        limits.drainBytes(),
        limits.drainTime(),
        STOP);
  }
}
