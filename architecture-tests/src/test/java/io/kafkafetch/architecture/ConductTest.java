package io.kafkafetch.architecture;

import static io.kafkafetch.architecture.Imported.PLANTED_ROOT;
import static io.kafkafetch.architecture.Imported.ROOT;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The product")
final class ConductTest {
  /** Each with the reason why it prints. */
  private static final Set<String> PROGRAMS =
      Set.of(
          // Help, the banner, and the one line that says why there is no start.
          ROOT + ".bootstrap.ServerProgram",
          // Tells its parent that it is ready.
          ROOT + ".embedded.broker.BrokerMain");

  private static final JavaClasses PRODUCT = Imported.product();
  private static final JavaClasses TESTS = Imported.tests();
  private static final JavaClasses PLANTED = Imported.planted();

  @Test
  void hasADomainWithoutTimeChanceOrThreads() {
    Conduct.theDomainKnowsNoTimeChanceOrThread(ROOT).check(PRODUCT);

    var rule = Conduct.theDomainKnowsNoTimeChanceOrThread(PLANTED_ROOT);
    assertBroken(rule, "ReadsTheClock.now()", "ReadsTheClock.nanos()", "ReadsTheClock.random()");
    assertBroken(rule, "StartsAThread.start()", "AtomicLong");
  }

  @Test
  void hasAnApplicationThatIsToldTheTime() {
    Conduct.theApplicationIsToldTheTime(ROOT).check(PRODUCT);

    assertBroken(Conduct.theApplicationIsToldTheTime(PLANTED_ROOT), "LooksAtTheClock");
  }

  @Test
  void hasADoorThatIsForThoseOutside() {
    Conduct.nothingInTheApplicationKnowsItsDoor(ROOT).check(PRODUCT);

    assertBroken(Conduct.nothingInTheApplicationKnowsItsDoor(PLANTED_ROOT), "KnowsTheDoor");
  }

  @Test
  void isWiredInBootstrapAlone() {
    Conduct.onlyBootstrapIsWiredByDagger(ROOT).check(PRODUCT);

    assertBroken(Conduct.onlyBootstrapIsWiredByDagger(PLANTED_ROOT), "WiresItself");
  }

  @Test
  void findsServicesInBootstrapAlone() {
    Conduct.onlyBootstrapFindsServices(ROOT).check(PRODUCT);

    assertBroken(Conduct.onlyBootstrapFindsServices(PLANTED_ROOT), "PrintsToTheConsole");
  }

  @Test
  void leavesTheConsoleToTheLog() {
    Conduct.nobodyPrintsBut(PROGRAMS).check(PRODUCT);

    assertBroken(Conduct.nobodyPrintsBut(PROGRAMS), "PrintsToTheConsole");
  }

  @Test
  void hasTestsThatDoNotSleep() {
    Conduct.nobodySleeps().check(TESTS);

    assertBroken(Conduct.nobodySleeps(), "SleepsInATest");
  }

  @Test
  void callsThingsByTheirNames() {
    Conduct.namesSayWhatAThingIs().check(PRODUCT);

    assertBroken(Conduct.namesSayWhatAThingIs(), "StoreManager", "IStore");
  }

  @Test
  void keepsNullsAtHome() {
    Conduct.nullsDoNotTravel().check(PRODUCT);

    assertBroken(Conduct.nullsDoNotTravel(), "Stranger");
  }

  private static void assertBroken(ArchRule rule, String... planted) {
    var error = assertThrows(AssertionError.class, () -> rule.check(PLANTED));
    var message = String.valueOf(error.getMessage());
    for (var name : planted) {
      assertTrue(message.contains(name), message);
    }
  }
}
