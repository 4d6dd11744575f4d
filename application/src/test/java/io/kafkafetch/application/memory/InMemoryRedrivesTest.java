package io.kafkafetch.application.memory;

import io.kafkafetch.application.contract.RedrivesContract;
import io.kafkafetch.application.driven.Storage;
import java.time.InstantSource;

class InMemoryRedrivesTest extends RedrivesContract {
  @Override
  protected Storage open() {
    return new InMemoryStorage(InstantSource.system());
  }
}
