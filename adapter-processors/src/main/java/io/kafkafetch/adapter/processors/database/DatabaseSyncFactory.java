package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.adapter.processors.database.DatabaseAddress.MalformedDsnException;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.ResourceClaim;
import io.kafkafetch.domain.processor.SinkCheck;
import io.kafkafetch.domain.processor.Violation;
import java.util.List;

/** {@code database_sync}: records into a PostgreSQL table, effectively once. */
public final class DatabaseSyncFactory implements ProcessorFactory {
  private final SessionPools pools;

  /** For {@link java.util.ServiceLoader}. */
  public DatabaseSyncFactory() {
    this(new SessionPools());
  }

  DatabaseSyncFactory(SessionPools pools) {
    this.pools = pools;
  }

  @Override
  public String type() {
    return "database_sync";
  }

  @Override
  public String description() {
    return "Writes records into a PostgreSQL table, each exactly once: a row for each record, or the"
        + " newest of each key.";
  }

  @Override
  public ConfigSchema schema() {
    return SyncSettings.SCHEMA;
  }

  @Override
  public List<Violation> validate(ProcessorPlan plan) {
    return SyncSettings.violations(plan.config(), plan.topic());
  }

  @Override
  public List<SinkCheck> check(ProcessorPlan plan) {
    return new DatabaseCheck(SyncSettings.of(plan.config()), plan.topic()).run();
  }

  /** Shared: several topics may go to one table. */
  @Override
  public List<ResourceClaim> claims(ProcessorPlan plan) {
    if (DatabaseAddress.isReference(plan.config().text(SyncSettings.DB_DSN))) {
      // Where it goes is not known yet; sharing a table is allowed anyway.
      return List.of();
    }
    var settings = SyncSettings.of(plan.config());
    return List.of(
        new ResourceClaim(
            "postgresql:%s/%s"
                .formatted(settings.address().destination(), settings.tableFor(plan.topic())),
            false));
  }

  @Override
  public String destination(ProcessorConfig config) {
    try {
      return DatabaseAddress.parse(config.text(SyncSettings.DB_DSN)).destination();
    } catch (MalformedDsnException _) {
      // Matches no other destination, so that no secret is kept for it.
      return "";
    }
  }

  @Override
  public Processor open(ProcessorContext context) {
    return new DatabaseProcessor(context, pools);
  }
}
