package io.kafkafetch.bootstrap.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The limit on open files")
class OpenFilesTest {
  @Test
  @DisplayName("leaves room for other things than sessions")
  void reserve() {
    assertEquals(3_000, OpenFiles.possible(10_000, OptionalLong.of(20_000)));
    assertEquals(85, OpenFiles.possible(10_000, OptionalLong.of(1_024)));
  }

  @Test
  @DisplayName("changes nothing where it is high or unknown")
  void enough() {
    assertEquals(10_000, OpenFiles.possible(10_000, OptionalLong.of(1 << 20)));
    assertEquals(10_000, OpenFiles.possible(10_000, OptionalLong.empty()));
    assertEquals(1, OpenFiles.possible(1, OptionalLong.of(256)));
  }
}
