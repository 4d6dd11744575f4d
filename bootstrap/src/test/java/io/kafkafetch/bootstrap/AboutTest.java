package io.kafkafetch.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.bootstrap.settings.Setting;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The help")
final class AboutTest {
  private static final Pattern LINE = Pattern.compile("(?m)^  ([A-Z_]{2,}) +(\\S+) {2,}\\S.*$");

  @ParameterizedTest
  @EnumSource
  void namesEverySettingWithItsDefault(Setting setting) {
    var line =
        LINE.matcher(About.help())
            .results()
            .filter(result -> result.group(1).equals(setting.name()))
            .findFirst();

    assertTrue(line.isPresent(), setting + " is missing");
    if (!setting.standard().isEmpty()) {
      assertEquals(setting.standard(), line.get().group(2));
    }
  }

  @Test
  void namesNothingElse() {
    assertEquals(Setting.values().length, LINE.matcher(About.help()).results().count());
  }
}
