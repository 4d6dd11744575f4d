package io.kafkafetch.application.memory;

import io.kafkafetch.application.contract.RunReportsContract;
import io.kafkafetch.application.driven.Storage;
import java.time.InstantSource;

class InMemoryRunReportsTest extends RunReportsContract {
  @Override
  protected Storage open() {
    return new InMemoryStorage(InstantSource.system());
  }
}
