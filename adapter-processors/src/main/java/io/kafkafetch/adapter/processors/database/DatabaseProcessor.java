package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.SourcePartition;
import java.sql.SQLException;

/** The sinks of one member. They share the connections with all that write to the same database. */
final class DatabaseProcessor implements Processor {
  private final ProcessorContext context;
  private final SyncSettings settings;
  private final SessionPools pools;
  private final SessionPool pool;
  private final PreparedTables tables;

  DatabaseProcessor(ProcessorContext context, SessionPools pools) {
    this.context = context;
    this.settings = SyncSettings.of(context.config());
    this.pools = pools;
    this.pool = pools.acquire(settings.address());
    this.tables = new PreparedTables(new TablePreparation(settings));
  }

  @Override
  public Opening open(SourcePartition partition) {
    var fence = new ProgressFence(partition, context.group(), context.processorId());
    Session session;
    try {
      session = pool.borrow();
    } catch (SQLException e) {
      return new Opening.Refused(DatabaseFailure.causeOf(e, pool.address()));
    }
    try {
      var remembered = fence.read(session, tables.of(partition.topic(), session));
      session.commit();
      var encoder = new RecordEncoder(partition, settings.columns());
      return new Opening.Opened(
          new DatabaseSink(
              remembered, new Transactions(pool, tables, fence, settings.mode(), encoder)));
    } catch (UnfitTableException e) {
      session.rollback();
      return new Opening.Refused(new Cause.Fatal(e.reason()));
    } catch (SQLException e) {
      session.rollback();
      session.giveUp();
      tables.forget(partition.topic());
      return new Opening.Refused(DatabaseFailure.causeOf(e, pool.address()));
    } finally {
      pool.giveBack(session);
    }
  }

  @Override
  public void close() {
    pools.release(pool);
  }
}
