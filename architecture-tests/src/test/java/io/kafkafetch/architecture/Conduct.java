package io.kafkafetch.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** What classes may do, whichever package they are in; {@code root} is where the product starts. */
final class Conduct {
  private static final Pattern IDLE_NAME = Pattern.compile(".*(Impl|Utils?|Manager|Helpers?)");
  private static final Pattern INTERFACE_PREFIX = Pattern.compile("I[A-Z][a-z].*");

  private Conduct() {}

  /** The domain is told the time; nothing in it happens by chance or elsewhere. */
  static ArchRule theDomainKnowsNoTimeChanceOrThread(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".domain..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .dependOnClassesThat(
            belongToAnyOf(System.class, Thread.class, Runtime.class, ProcessBuilder.class))
        .orShould()
        .dependOnClassesThat(resideInAnyPackage("java.util.concurrent.."));
  }

  /** Use cases and the reconciler are told the time, too. */
  static ArchRule theApplicationIsToldTheTime(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".application..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis");
  }

  /** The door is for those outside; inside, the ports that it is given are enough. */
  static ArchRule nothingInTheApplicationKnowsItsDoor(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".application..")
        .and()
        .haveNameNotMatching(Pattern.quote(root + ".application.Application") + "(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(root + ".application.Application");
  }

  static ArchRule onlyBootstrapIsWiredByDagger(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".bootstrap..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("dagger..", "javax.inject..", "jakarta.inject.."));
  }

  static ArchRule onlyBootstrapFindsServices(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".bootstrap..")
        .should()
        .dependOnClassesThat(belongToAnyOf(java.util.ServiceLoader.class));
  }

  /**
   * The console belongs to the log; exceptions are the programs, whose first and last words come
   * before and after it.
   */
  static ArchRule nobodyPrintsBut(Set<String> programs) {
    return noClasses()
        .that(
            DescribedPredicate.describe(
                "are no program", type -> !programs.contains(outermost(type).getFullName())))
        .should(
            new ArchCondition<>("use the standard streams") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getFieldAccessesFromSelf().stream()
                    .filter(Conduct::isStandardStream)
                    .forEach(access ->
                        events.add(
                            SimpleConditionEvent.satisfied(access, access.getDescription())));
              }
            });
  }

  static ArchRule nobodySleeps() {
    return noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "it is Thread.sleep",
                call ->
                    call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getName().equals("sleep")));
  }

  static ArchRule namesSayWhatAThingIs() {
    return classes()
        .should(
            new ArchCondition<>("have a name of the field") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                var name = type.getSimpleName();
                if (isGenerated(type)) {
                  return;
                }
                if (IDLE_NAME.matcher(name).matches()
                    || (type.isInterface() && INTERFACE_PREFIX.matcher(name).matches())) {
                  events.add(SimpleConditionEvent.violated(type, type.getFullName()));
                }
              }
            });
  }

  static ArchRule nullsDoNotTravel() {
    return classes()
        .should(
            new ArchCondition<>("be in a package that is @NullMarked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean generated = type.getPackageName().contains(".schema");
                if (!generated && !type.getPackage().isAnnotatedWith(NullMarked.class)) {
                  events.add(SimpleConditionEvent.violated(type, type.getFullName()));
                }
              }
            });
  }

  /** Dagger names its classes itself. */
  private static boolean isGenerated(JavaClass type) {
    return outermost(type).isAnnotatedWith("dagger.internal.DaggerGenerated");
  }

  private static boolean isStandardStream(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(System.class)
        && Set.of("out", "err").contains(access.getName());
  }

  private static JavaClass outermost(JavaClass type) {
    var outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }
}
