package io.kafkafetch.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** Compiled classes, as ArchUnit sees them. */
final class Imported {
  static final String ROOT = "io.kafkafetch";
  static final String PLANTED_ROOT = "io.kafkafetch.architecture.planted";

  private Imported() {}

  /** Everything that ships. */
  static JavaClasses product() {
    return new ClassFileImporter().importPaths(Repository.classes());
  }

  /** Every test but those of the architecture. */
  static JavaClasses tests() {
    return new ClassFileImporter().importPaths(Repository.testClasses());
  }

  /** What breaks the rules on purpose. */
  static JavaClasses planted() {
    return new ClassFileImporter().importPackages(PLANTED_ROOT);
  }
}
