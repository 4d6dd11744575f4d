package io.kafkafetch.bootstrap.storage;

import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.RunReports;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Run reports that are looked up anew at each call. */
record AwaitedRunReports(Supplier<RunReports> opened) implements RunReports {
  @Override
  public void save(List<RunReport> reports) {
    opened.get().save(reports);
  }

  @Override
  public List<RunReport> of(ConsumerId consumer) {
    return opened.get().of(consumer);
  }

  @Override
  public List<RunReport> of(Collection<ConsumerId> consumers) {
    return opened.get().of(consumers);
  }

  @Override
  public void remove(ServerId server, Collection<ConsumerId> consumers) {
    opened.get().remove(server, consumers);
  }

  @Override
  public void removeAll(ServerId server) {
    opened.get().removeAll(server);
  }
}
