package io.kafkafetch.adapter.processors.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.processors.file.FaultyDisk.Fault;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Given three partitions that write to one file, which is rotated and compressed meanwhile, and a
 * process that ends at any one step.
 */
final class CrashTest {
  private static final List<Fault> CRASHES =
      List.of(Fault.CRASH_BEFORE, Fault.CRASH_WITHIN, Fault.POWER_LOSS);
  private static final int HALTS = 10;

  // Thousands of small files: in memory where that can be had, since no fsync matters here.
  @TempDir(factory = InMemory.class)
  Path folder;

  /** Makes folders in memory, else where they are made by default. */
  static final class InMemory implements TempDirFactory {
    private static final Path MEMORY = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
        throws IOException {
      return Files.isWritable(MEMORY)
          ? Files.createTempDirectory(MEMORY, "junit")
          : Files.createTempDirectory("junit");
    }
  }

  enum Scenario {
    ONE_FILE("orders.log"),
    ROTATED("orders.log", "rotate_bytes", 1024L),
    ROTATED_BY_TIME("orders.log", "rotate_interval_ms", 2000L),
    DATED("orders-{date}.log", "rotate_bytes", 1024L, "gzip", true),
    IN_DATED_FOLDERS("{date}/orders.log"),
    COMPRESSED("{topic}/orders.log", "rotate_bytes", 1024L, "gzip", true);

    @SuppressWarnings("ImmutableEnumChecker") // a template that is only read
    private final ProcessorConfig config;

    private final String file;

    Scenario(String file, Object... keysAndValues) {
      this.file = file;
      this.config = Sinks.config(keysAndValues);
    }

    ProcessorConfig exactlyOnce(Path root) {
      return atLeastOnce(root).with("exactly_once", true);
    }

    ProcessorConfig atLeastOnce(Path root) {
      return config.with("file_path", root.resolve(file).toString());
    }
  }

  static Stream<Arguments> crashes() {
    return Stream.of(Scenario.values())
        .flatMap(scenario -> CRASHES.stream().map(fault -> Arguments.of(scenario, fault)));
  }

  private Path newRoot(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name)).toRealPath();
  }

  private int stepsOf(Scenario scenario) throws IOException {
    var root = newRoot("whole");
    var disk = FaultyDisk.faultless();
    var journey = new Journey(root, scenario.exactlyOnce(root));
    journey.run(disk);
    journey.assertEachNumberExactlyOnceInOrder();
    return disk.steps();
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void exactlyOnceSurvivesTheEndAtEachSingleStep(Scenario scenario, Fault fault)
      throws IOException {
    int steps = stepsOf(scenario);
    assertTrue(steps > 50, () -> "Only " + steps + " steps");
    for (int step = 0; step < steps; step++) {
      var root = newRoot(fault + "-" + step);
      var journey = new Journey(root, scenario.exactlyOnce(root));
      runUntilCrash(journey, FaultyDisk.with(fault, step));
      journey.run(FaultyDisk.faultless());
      journey.assertEachNumberExactlyOnceInOrder();
    }
  }

  @ParameterizedTest
  @EnumSource
  void exactlyOnceSurvivesCrashAfterCrash(Scenario scenario) throws IOException {
    var chance = new Random(20261121);
    for (int attempt = 0; attempt < 60; attempt++) {
      var root = newRoot("again-" + attempt);
      var journey = new Journey(root, scenario.exactlyOnce(root));
      for (int crash = 0; crash < 6; crash++) {
        var fault = CRASHES.get(chance.nextInt(CRASHES.size()));
        runUntilCrash(journey, FaultyDisk.with(fault, chance.nextInt(40)));
      }
      journey.run(FaultyDisk.faultless());
      journey.assertEachNumberExactlyOnceInOrder();
    }
  }

  @ParameterizedTest
  @EnumSource
  void exactlyOnceOutlivesEachStepThatFails(Scenario scenario) throws IOException {
    int steps = stepsOf(scenario);
    for (int step = 0; step < steps; step++) {
      for (var fault : List.of(Fault.FAILURE, Fault.FAILURES)) {
        var root = newRoot(fault + "-" + step);
        var journey = new Journey(root, scenario.exactlyOnce(root));
        journey.run(FaultyDisk.with(fault, step));
        // A finished file that could not be deleted beside its compressed form goes with a restart.
        journey.run(FaultyDisk.faultless());
        assertDoesNotThrow(journey::assertEachNumberExactlyOnceInOrder, root.toString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void exactlyOnceSurvivesACrashAfterAStepThatFailed(Scenario scenario) throws IOException {
    var chance = new Random(4711);
    for (int attempt = 0; attempt < 60; attempt++) {
      var root = newRoot("failed-" + attempt);
      var journey = new Journey(root, scenario.exactlyOnce(root));
      var disk =
          new TwoFaults(
              FaultyDisk.with(Fault.FAILURES, chance.nextInt(40)), 50 + chance.nextInt(20));
      runUntilCrash(journey, disk);
      journey.run(FaultyDisk.faultless());
      journey.assertEachNumberExactlyOnceInOrder();
    }
  }

  @ParameterizedTest
  @EnumSource
  void atLeastOnceOutlivesEachStepThatFails(Scenario scenario) throws IOException {
    int steps = 60;
    for (int step = 0; step < steps; step++) {
      for (var fault : List.of(Fault.FAILURE, Fault.FAILURES)) {
        var root = newRoot(fault + "-" + step);
        var journey = new Journey(root, scenario.atLeastOnce(root));
        journey.run(FaultyDisk.with(fault, step));
        journey.assertEachNumberAtLeastOnceInOrder();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void atLeastOnceSurvivesTheEndAtEachSingleStep(Scenario scenario, Fault fault)
      throws IOException {
    for (int step = 0; step < 60; step++) {
      var root = newRoot(fault + "-" + step);
      var journey = new Journey(root, scenario.atLeastOnce(root));
      runUntilCrash(journey, FaultyDisk.with(fault, step));
      journey.run(FaultyDisk.faultless());
      journey.assertEachNumberAtLeastOnceInOrder();
    }
  }

  private static void runUntilCrash(Journey journey, Disk disk) {
    try {
      journey.run(disk);
    } catch (Crash expected) {
      assertTrue(String.valueOf(expected.getMessage()).startsWith("Crashed"));
    }
  }

  @Test
  void exactlyOnceSurvivesProcessesThatReallyEnd() throws Exception {
    var root = newRoot("halts");
    for (int step : IntStream.range(0, HALTS).map(i -> 2 + 3 * i).toArray()) {
      assertEquals(42, halt(root, step), "The child should have ended at step " + step);
    }
    var journey = new Journey(root, Scenario.COMPRESSED.exactlyOnce(root));
    journey.run(FaultyDisk.faultless());
    journey.assertEachNumberExactlyOnceInOrder();
  }

  private static int halt(Path root, int step) throws IOException, InterruptedException {
    var classPath =
        String.join(
            File.pathSeparator,
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path", ""),
            Path.of("target", "test-classes").toAbsolutePath().toString());
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var child =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                classPath,
                HaltingProcess.class.getName(),
                root.toString(),
                Integer.toString(step))
            .inheritIO()
            .start();
    assertTrue(child.waitFor(60, TimeUnit.SECONDS), "The child does not end");
    return child.exitValue();
  }

  /** What the child process runs. */
  static final class HaltingProcess {
    private HaltingProcess() {}

    public static void main(String[] arguments) {
      var root = Path.of(arguments[0]);
      new Journey(root, Scenario.COMPRESSED.exactlyOnce(root))
          .run(FaultyDisk.with(Fault.HALT, Integer.parseInt(arguments[1])));
    }
  }
}
