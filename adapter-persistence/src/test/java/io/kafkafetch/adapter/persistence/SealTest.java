package io.kafkafetch.adapter.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {
  @Test
  void onlyTheSameSentenceSaltAndWorkMakeTheSameKey() {
    var salt = Seal.randomBytes(16);
    var sealed = Seal.of("sentence", salt, 1_000).close("text", "place");

    assertEquals("text", Seal.of("sentence", salt, 1_000).open(sealed, "place"));
    for (var seal :
        List.of(
            Seal.of("sentence", Seal.randomBytes(16), 1_000),
            Seal.of("sentences", salt, 1_000),
            Seal.of("sentence", salt, 1_001))) {
      assertThrows(Json.Unreadable.class, () -> seal.open(sealed, "place"));
    }
  }

  @Test
  void aTextIsOpenedInItsPlaceAloneAndUnchangedAlone() {
    var seal = Seal.of("sentence", new byte[16], 1_000);
    var sealed = seal.close("text", "place");
    var last = sealed.charAt(10);

    assertThrows(Json.Unreadable.class, () -> seal.open(sealed, "another"));
    assertThrows(Json.Unreadable.class, () -> seal.open("2:" + sealed.substring(2), "place"));
    assertThrows(Json.Unreadable.class, () -> seal.open("1:AAAA", "place"));
    assertThrows(Json.Unreadable.class, () -> seal.open("1:%%%", "place"));
    assertThrows(
        Json.Unreadable.class,
        () ->
            seal.open(
                sealed.substring(0, 10) + (last == 'A' ? 'B' : 'A') + sealed.substring(11),
                "place"));
  }
}
