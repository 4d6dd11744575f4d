package io.kafkafetch.bootstrap.settings;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads {@code .env}: lines of {@code NAME=value}, with or without {@code export}. Quotes around a
 * value are taken off; an unquoted value ends before {@code " #"}. Nothing is expanded.
 */
final class DotEnv {
  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
  private static final Pattern QUOTED = Pattern.compile("([\"'])(.*)\\1\\s*(?:#.*)?");

  private DotEnv() {}

  /** The values of the file by their names; none when there is no such file. */
  static Map<String, String> read(Path file) {
    var values = new LinkedHashMap<String, String>();
    var lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        // The line itself may hold a secret.
        throw new WrongSetting("Line %d of %s must be NAME=value".formatted(i + 1, file));
      }
      values.put(matcher.group(1), unquoted(matcher.group(2)));
    }
    return values;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (MalformedInputException e) {
      throw new WrongSetting(file + " must be a text in UTF-8");
    } catch (IOException e) {
      throw new WrongSetting(file + " cannot be read: " + e.getMessage());
    }
  }

  private static String unquoted(String value) {
    var quoted = QUOTED.matcher(value);
    if (quoted.matches()) {
      return quoted.group(2);
    }
    int comment = value.startsWith("#") ? 0 : value.indexOf(" #");
    return (comment < 0 ? value : value.substring(0, comment)).strip();
  }
}
