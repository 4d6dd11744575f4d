package io.kafkafetch.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which packages each package may use. What is not listed is not allowed. */
final class Layers {
  /** What every package may use; how much of it the domain may is a rule of its own. */
  private static final List<String> JAVA =
      List.of("java.lang..", "java.time..", "java.util..", "org.jspecify.annotations");

  private static final List<String> SYSTEM =
      List.of("java.io..", "java.math..", "java.net..", "java.nio..", "java.text..", "org.slf4j..");

  /**
   * Packages to what they may use besides {@link #JAVA}; {@code ~} stands for our own root. A
   * package that is named by itself has its own rule instead of that of those around it.
   */
  private static final Map<String, List<String>> ALLOWED = new LinkedHashMap<>();

  static {
    allow("~.domain.processor", "~.domain.processor");
    allow("~.domain.consumer", "~.domain.consumer", "~.domain.processor");
    allow("~.domain.lag", "~.domain.lag", "~.domain.consumer");
    // Numbers of any size, as JSON has them.
    allow("~.domain.event", "~.domain.event", "java.math..");

    allow("~.application.driving", "~.application.driving", "~.domain..");
    // The driven ports speak of refusals and hand records to the delivery engine's door.
    allow(
        "~.application.driven",
        "~.application.driven",
        "~.application.driving",
        "~.application.delivery",
        "~.domain..");
    allow("~.application.delivery", "~.application.delivery", "~.application.driven", "~.domain..");
    // The ports come as one, and that record is in the package of the door.
    allow(
        "~.application.fleet..",
        "~.application",
        "~.application.fleet..",
        "~.application.delivery",
        "~.application.driven",
        "~.application.driving",
        "~.domain..");
    allow(
        "~.application.management..",
        "~.application",
        "~.application.management..",
        "~.application.fleet",
        "~.application.delivery",
        "~.application.driven",
        "~.application.driving",
        "~.domain..",
        // A certificate is looked at before it is stored.
        "java.security.cert");
    allow(
        "~.application.deadletters",
        "~.application.deadletters",
        "~.application.delivery",
        "~.application.driven",
        "~.application.driving",
        "~.domain..");
    allow(
        "~.application.producing",
        "~.application.producing",
        "~.application.driven",
        "~.application.driving",
        "~.domain..");
    allow(
        "~.application.groups",
        "~.application.groups",
        "~.application.driven",
        "~.application.driving",
        "~.domain..");
    // Plans are told apart by a digest.
    allow(
        "~.application.offsets",
        "~.application.offsets",
        "~.application.delivery",
        "~.application.driven",
        "~.application.driving",
        "~.domain..",
        "java.security.MessageDigest",
        "java.security.NoSuchAlgorithmException");
    allow(
        "~.application.sessions",
        "~.application.sessions",
        "~.application.driven",
        "~.application.driving",
        "~.domain..");
    allow(
        "~.application.memory",
        "~.application.memory",
        "~.application.delivery",
        "~.application.driven",
        "~.application.driving",
        "~.domain..");
    allow("~.application", "~.application..", "~.domain..");

    allow(
        "~.adapter.http..",
        "~.adapter.http..",
        "~.application.driving",
        "~.domain..",
        "io.javalin..",
        "kotlin..",
        "com.fasterxml.jackson..",
        "jakarta.servlet..",
        "org.eclipse.jetty..",
        // What /metrics answers.
        "io.micrometer.core.instrument..",
        "io.micrometer.prometheusmetrics",
        "io.prometheus.metrics.model..");
    // A repeated request is told from another one by the digest of its body.
    allowAlso(
        "~.adapter.http.produce",
        "~.adapter.http..",
        "java.security.MessageDigest",
        "java.security.NoSuchAlgorithmException");
    allow(
        "~.adapter.kafka..",
        "~.adapter.kafka..",
        "~.application.driven",
        "~.application.driving",
        "~.application.delivery",
        "~.domain..",
        "javax.net..",
        // How Kafka's client asks for the token that it logs in with.
        "javax.security.auth..",
        "org.apache.kafka..");
    allow(
        "~.events..", "~.events..", "~.domain..", "org.apache.kafka..", "com.fasterxml.jackson..");
    allow(
        "~.adapter.persistence..",
        "~.adapter.persistence..",
        "~.application.driven",
        "~.application.driving",
        "~.domain..",
        // Secrets are encrypted at rest.
        "java.security",
        "javax.crypto..",
        "java.sql..",
        "javax.sql..",
        "org.jooq..",
        "org.flywaydb..",
        "com.zaxxer.hikari..",
        "org.postgresql..",
        "com.fasterxml.jackson..");
    allow(
        "~.adapter.processors..",
        "~.adapter.processors..",
        "~.domain.processor",
        "java.security..",
        "java.sql..",
        "javax.crypto..",
        "javax.net..",
        "org.apache.hc.core5..",
        "org.postgresql..",
        "com.fasterxml.jackson.core..");

    allow(
        "~.embedded",
        "~.embedded",
        "~.embedded.broker",
        "java.security..",
        "java.sql..",
        "org.apache.commons.compress..",
        "org.tukaani.xz..");
    allow("~.embedded.broker", "~.embedded.broker", "kafka..", "org.apache.kafka..", "scala..");
    allow(
        "~.bootstrap..",
        "~.bootstrap..",
        "~.adapter.http",
        "~.adapter.kafka",
        "~.adapter.persistence",
        "~.application",
        "~.application.delivery",
        "~.application.driven",
        "~.application.driving",
        "~.domain..",
        "~.embedded",
        // How many files may be open.
        "com.sun.management",
        "dagger..",
        "jakarta.inject..",
        "javax.inject..",
        "javax.annotation.processing");
  }

  private Layers() {}

  private static void allow(String where, String... what) {
    ALLOWED.put(where, List.of(what));
  }

  /** What those around it may use, and more. */
  private static void allowAlso(String where, String around, String... more) {
    ALLOWED.put(where, concat(ALLOWED.getOrDefault(around, List.of()), List.of(more)));
  }

  /** One rule for each package of a product whose packages start with {@code root}. */
  static List<ArchRule> rules(String root) {
    return ALLOWED.keySet().stream().map(where -> rule(root, where)).toList();
  }

  /** The rule of one package, as it is written above. */
  static ArchRule rule(String root, String where) {
    var allowed = ALLOWED.getOrDefault(where, List.of());
    var libraries = where.startsWith("~.domain") ? JAVA : concat(JAVA, SYSTEM);
    var names = concat(libraries, allowed).stream().map(name -> name.replace("~", root)).toList();
    return classes()
        .that()
        .resideInAPackage(where.replace("~", root))
        .and(not(resideInAnyPackage(packagesInside(root, where))))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(chosen(names, name -> !isClass(name)))
                .or(named(Set.of(chosen(names, Layers::isClass)))))
        .allowEmptyShould(true);
  }

  /** Those that have a rule of their own. */
  private static String[] packagesInside(String root, String where) {
    if (!where.endsWith("..")) {
      return new String[0];
    }
    var prefix = where.substring(0, where.length() - 1);
    return ALLOWED.keySet().stream()
        .filter(other -> !other.equals(where) && other.startsWith(prefix))
        .map(other -> other.replace("~", root))
        .toArray(String[]::new);
  }

  private static boolean isClass(String name) {
    return !name.endsWith(".") && Character.isUpperCase(name.charAt(name.lastIndexOf('.') + 1));
  }

  private static String[] chosen(List<String> names, Predicate<String> which) {
    return names.stream().filter(which).toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> named(Set<String> names) {
    return DescribedPredicate.describe(
        "are one of " + names, type -> names.contains(type.getFullName()));
  }

  /** The packages that have a rule. */
  static Stream<String> covered(String root) {
    return ALLOWED.keySet().stream().map(where -> where.replace("~", root));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
