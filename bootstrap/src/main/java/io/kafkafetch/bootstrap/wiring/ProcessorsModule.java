package io.kafkafetch.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.bootstrap.plugins.InstalledProcessors;
import io.kafkafetch.bootstrap.secrets.AllowedSecrets;
import io.kafkafetch.bootstrap.settings.Setting;
import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The processors that are installed, and what they may know. */
@Module
interface ProcessorsModule {
  @Provides
  @Singleton
  static List<ProcessorFactory> factories(Settings settings) {
    return InstalledProcessors.with(settings.pluginsDir());
  }

  @Provides
  @Singleton
  static ProcessorEnvironment environment(Settings settings, InstantSource clock) {
    return new ProcessorEnvironment(
        Map.of(
            Setting.FILE_SINK_ROOTS.name(),
            settings.fileSinkRoots().stream().map(Path::toString).collect(Collectors.joining(",")),
            Setting.FORWARDER_ALLOWED_HOSTS.name(),
            String.join(",", settings.forwarderAllowedHosts())),
        clock);
  }

  @Provides
  @Singleton
  static SecretReferences secrets(Settings settings) {
    var secrets = settings.secrets();
    return new AllowedSecrets(secrets.environmentPrefix(), secrets.roots(), secrets.variables());
  }
}
