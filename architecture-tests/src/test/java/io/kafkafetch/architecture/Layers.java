package io.kafkafetch.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which packages each package may use. What is not listed is not allowed. */
final class Layers {
  /** What every package may use; how much of it the domain may is a rule of its own. */
  private static final List<String> JAVA =
      List.of("java.lang..", "java.time..", "java.util..", "org.jspecify.annotations");

  private static final List<String> SYSTEM =
      List.of("java.io..", "java.math..", "java.net..", "java.nio..", "java.text..", "org.slf4j..");

  /** Packages to what they may use besides {@link #JAVA}; {@code ~} stands for our own root. */
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
        "~.domain..");
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
        "java.security");
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
        // A repeated request is told from another one by the digest of its body.
        "java.security");
    allow(
        "~.adapter.kafka..",
        "~.adapter.kafka..",
        "~.application.driven",
        "~.application.driving",
        "~.application.delivery",
        "~.domain..",
        "javax.net..",
        "org.apache.kafka..");
    allow(
        "~.events..", "~.events..", "~.domain..", "org.apache.kafka..", "com.fasterxml.jackson..");
    allow(
        "~.adapter.persistence..",
        "~.adapter.persistence..",
        "~.application.driven",
        "~.application.driving",
        "~.domain..",
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

  /** One rule for each package of a product whose packages start with {@code root}. */
  static List<ArchRule> rules(String root) {
    return ALLOWED.keySet().stream().map(where -> rule(root, where)).toList();
  }

  /** The rule of one package, as it is written above. */
  static ArchRule rule(String root, String where) {
    var allowed = ALLOWED.getOrDefault(where, List.of());
    var libraries = where.startsWith("~.domain") ? JAVA : concat(JAVA, SYSTEM);
    var packages =
        concat(libraries, allowed).stream()
            .map(name -> name.replace("~", root))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(where.replace("~", root))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true);
  }

  /** The packages that have a rule. */
  static Stream<String> covered(String root) {
    return ALLOWED.keySet().stream().map(where -> where.replace("~", root));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
