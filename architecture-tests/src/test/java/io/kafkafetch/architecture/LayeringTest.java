package io.kafkafetch.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A package")
final class LayeringTest {
  private static final JavaClasses PRODUCT = Imported.product();
  private static final JavaClasses PLANTED = Imported.planted();

  static List<ArchRule> rules() {
    return Layers.rules(Imported.ROOT);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void usesOnlyWhatItMay(ArchRule rule) {
    rule.check(PRODUCT);
  }

  @Test
  void hasARule() {
    everyPackageHasARule(Imported.ROOT).check(PRODUCT);
  }

  @Test
  void withoutARuleIsNoticed() {
    assertBroken(everyPackageHasARule(Imported.PLANTED_ROOT), "Stranger");
  }

  @ParameterizedTest
  @CsvSource({
    "~.domain.consumer, ReadsFiles",
    "~.domain.consumer, KnowsALibrary",
    "~.application.driving, KnowsAUseCase",
    "~.application.driven, KnowsTheFleet",
    "~.application.delivery, KnowsAnAdapter",
    "~.adapter.http.., SeesAnotherAdapter",
    "~.adapter.http.., SpeaksWithADrivenPort",
    "~.adapter.http.., DigestsAnAnswer",
    "~.adapter.http.produce, SignsARequest.signature()",
    "~.adapter.processors.., KnowsTheApplication",
  })
  void thatUsesMoreIsNoticed(String where, String planted) {
    assertBroken(Layers.rule(Imported.PLANTED_ROOT, where), planted);
  }

  @Test
  void mayUseASingleClassOfALibrary() {
    var rule = Layers.rule(Imported.PLANTED_ROOT, "~.adapter.http.produce");

    var error = assertThrows(AssertionError.class, () -> rule.check(PLANTED));

    assertFalse(
        String.valueOf(error.getMessage()).contains("<java.security.MessageDigest>"),
        error.getMessage());
  }

  private static ArchRule everyPackageHasARule(String root) {
    return classes().should().resideInAnyPackage(Layers.covered(root).toArray(String[]::new));
  }

  private static void assertBroken(ArchRule rule, String planted) {
    var error = assertThrows(AssertionError.class, () -> rule.check(PLANTED));
    var message = String.valueOf(error.getMessage());
    assertTrue(message.contains(planted), message);
  }
}
