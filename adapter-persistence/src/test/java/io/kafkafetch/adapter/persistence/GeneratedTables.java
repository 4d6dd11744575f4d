package io.kafkafetch.adapter.persistence;

import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/** Generates the Java names of the tables from the migrations, by way of a real database. */
final class GeneratedTables {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db-migration");

  private GeneratedTables() {}

  /**
   * Generates into the folder that is the only argument; what else is in it is deleted. Runs in the
   * module's folder.
   */
  public static void main(String[] arguments) throws Exception {
    var target = Path.of(arguments[0]);
    var module = target.resolve("../../..").normalize();
    try (var server = EmbeddedPostgreSql.forTests()) {
      generate(server.createDatabase("tables"), module.resolve(MIGRATIONS), target);
    }
  }

  /** Generates from an empty database. */
  static void generate(String jdbcUrl, Path migrations, Path target) throws Exception {
    Flyway.configure(GeneratedTables.class.getClassLoader())
        .dataSource(jdbcUrl, EmbeddedPostgreSql.USER, "")
        .locations("filesystem:" + migrations)
        .defaultSchema("kafkafetch")
        .load()
        .migrate();
    GenerationTool.generate(
        new Configuration()
            .withLogging(Logging.WARN)
            .withJdbc(new Jdbc().withDriver("org.postgresql.Driver").withUrl(jdbcUrl))
            .withGenerator(
                new Generator()
                    .withDatabase(
                        new Database()
                            .withName("org.jooq.meta.postgres.PostgresDatabase")
                            .withInputSchema("kafkafetch")
                            // Looked at once, before there is anything of jOOQ.
                            .withExcludes("flyway_schema_history|secret_key")
                            .withIncludeRoutines(false)
                            .withIncludeCheckConstraints(false)
                            .withForcedTypes(
                                new ForcedType()
                                    .withName("INSTANT")
                                    .withIncludeTypes("(?i)timestamp.*zone")))
                    .withGenerate(
                        new Generate()
                            .withGeneratedAnnotation(false)
                            .withRecords(false)
                            .withKeys(false)
                            .withIndexes(false)
                            .withGlobalKeyReferences(false)
                            .withGlobalIndexReferences(false))
                    .withTarget(
                        new Target()
                            .withPackageName("io.kafkafetch.adapter.persistence.schema")
                            .withDirectory(target.toString())
                            .withClean(true))));
  }
}
