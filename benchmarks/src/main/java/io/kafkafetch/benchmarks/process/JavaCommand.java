package io.kafkafetch.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command lines of the Java processes; all of them run on the JDK that the benchmark runs on.
 */
public final class JavaCommand {
  private JavaCommand() {}

  /** A class of this module, on its class path. */
  public static List<String> ofThisModule(
      List<String> options, Class<?> main, String... arguments) {
    var command = java(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** What {@code run.sh} starts the server with; its AOT cache only where it is asked for. */
  public static List<String> serverOptions(boolean cached) {
    return Arrays.stream(System.getProperty("benchmarks.server.options", "").strip().split(" +"))
        .filter(option -> !option.isEmpty() && (cached || !option.startsWith("-XX:AOTCache")))
        .toList();
  }

  /** The server on its module path. */
  static List<String> server(List<String> options, Path modules) {
    var command = java(options);
    command.addAll(
        List.of(
            "-p",
            modules.toString(),
            "-m",
            "io.kafkafetch.bootstrap/io.kafkafetch.bootstrap.Main"));
    return command;
  }

  /** A class that is found in a folder of jars. */
  static List<String> ofJars(List<String> options, String classPath, String main, Path argument) {
    var command = java(options);
    command.addAll(List.of("-cp", classPath, main, argument.toString()));
    return command;
  }

  private static List<String> java(List<String> options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    return command;
  }
}
