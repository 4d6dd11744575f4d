package io.kafkafetch.adapter.processors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Given one folder that may be written, which paths are refused. */
final class RootsTest {
  @TempDir Path folder;
  private Path root;
  private Path outside;
  private Sinks sinks;

  @BeforeEach
  void aRootAndAPlaceOutside() throws IOException {
    root = Files.createDirectory(folder.toRealPath().resolve("root"));
    outside = Files.createDirectory(folder.toRealPath().resolve("outside"));
    sinks = new Sinks(root);
  }

  private List<Violation> violations(String path) {
    return sinks.factory.validate(sinks.plan(Sinks.config("file_path", path), 1));
  }

  private void assertRefused(String path) {
    var violations = violations(path);
    assertEquals(1, violations.size(), () -> path + ": " + violations);
    assertEquals("file_path", violations.getFirst().field());
  }

  @Test
  void aPathUnderTheRootIsTaken() {
    assertEquals(List.of(), violations(root + "/a/{topic}/{partition}-{date}.log"));
  }

  @Test
  void aRelativePathIsTakenFromTheFirstRoot() {
    assertEquals(List.of(), violations("a/orders.log"));
    assertEquals(
        "file:" + root.resolve("a/orders.log"),
        sinks
            .factory
            .claims(sinks.plan(Sinks.config("file_path", "a/orders.log"), 1))
            .getFirst()
            .resource());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "/",
        "../outside/x.log",
        "a/../../outside/x.log",
        "a/../b.log",
        "folder/",
        ".hidden",
        "{day}.log",
        "a\0b"
      })
  void anythingElseIsRefused(String path) {
    assertRefused(path);
  }

  @Test
  void theRootItselfAndItsNeighboursAreRefused() {
    assertRefused(root.toString());
    assertRefused(root + "-2/x.log");
  }

  @Test
  void linksThatLeadOutAreRefused() throws IOException {
    Files.createSymbolicLink(root.resolve("folder"), outside);
    Files.createSymbolicLink(root.resolve("file.log"), outside.resolve("x.log"));
    Files.writeString(outside.resolve("x.log"), "");
    assertRefused(root + "/folder/x.log");
    assertRefused(root + "/file.log");
  }

  @Test
  void linksWithinTheRootAreFollowed() throws IOException {
    Files.createDirectory(root.resolve("real"));
    Files.createSymbolicLink(root.resolve("link"), root.resolve("real"));
    assertEquals(List.of(), violations(root + "/link/x.log"));
    try (var sink = sinks.open(Sinks.writingTo(root.resolve("link/x.log")))) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.of(Lines.ORDERS, 0, "one")));
    }
    assertEquals("one\n", Files.readString(root.resolve("real/x.log")));
  }

  @Test
  void aLinkThatIsSwappedInLaterIsNotFollowed() throws IOException {
    var file = root.resolve("a/x.log");
    try (var sink = sinks.open(Sinks.writingTo(file))) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.of(Lines.ORDERS, 0, "one")));
      Files.move(root.resolve("a"), root.resolve("b"));
      Files.createSymbolicLink(root.resolve("a"), outside);
      var outcome =
          assertInstanceOf(Outcome.Stopped.class, sink.deliver(Lines.of(Lines.ORDERS, 1, "two")));
      assertInstanceOf(Cause.Fatal.class, outcome.cause());
    }
    try (var files = Files.list(outside)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void theDiskItselfFollowsNoLink() throws IOException {
    Files.createSymbolicLink(root.resolve("a"), outside);
    var place = new Roots.Location(root, root.resolve("a/x.log"));
    var refused = false;
    try (var file = Disk.REAL.openToAppend(place)) {
      assertFalse(file.isOpen(), "It was opened");
    } catch (IOException e) {
      refused = true;
    }
    assertTrue(refused);
    assertFalse(Files.exists(outside.resolve("x.log")));
  }

  @Test
  void withoutARootNothingIsTaken() {
    var environment = new ProcessorEnvironment(Map.of(), InstantSource.system());
    var plan = new ProcessorPlan(Sinks.config("file_path", "x.log"), "orders", 1, environment);
    var violations = sinks.factory.validate(plan);
    assertTrue(violations.getFirst().message().contains("FILE_SINK_ROOTS"));
  }
}
