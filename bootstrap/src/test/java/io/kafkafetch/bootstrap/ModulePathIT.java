package io.kafkafetch.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The packaged module path")
final class ModulePathIT {
  /** A second version fails in the finder, a split package in the resolution. */
  @Test
  void resolvesAsAWholeWithoutASecondVersionOrASplitPackage() {
    var modules = ModuleFinder.of(Path.of("target/modules"));

    var configuration =
        ModuleLayer.empty()
            .configuration()
            .resolveAndBind(
                modules,
                ModuleFinder.ofSystem(),
                Set.of("io.kafkafetch.bootstrap", "com.github.luben.zstd_jni"));

    assertTrue(configuration.findModule("io.kafkafetch.adapter.processors").isPresent());
  }
}
