package io.kafkafetch.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What the program says about itself. */
public final class About {
  private About() {}

  /** Usage and all settings. */
  public static String help() {
    try (var in = Objects.requireNonNull(About.class.getResourceAsStream("help.txt"))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version that Maven built, from the module's descriptor. */
  public static String version() {
    var module = About.class.getModule();
    return module.isNamed() ? module.getDescriptor().rawVersion().orElse("unknown") : "unknown";
  }
}
