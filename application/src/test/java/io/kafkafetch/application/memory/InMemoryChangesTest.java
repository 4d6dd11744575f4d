package io.kafkafetch.application.memory;

import io.kafkafetch.application.contract.ChangesContract;
import io.kafkafetch.application.driven.Storage;
import java.time.InstantSource;

class InMemoryChangesTest extends ChangesContract {
  @Override
  protected Storage open() {
    return new InMemoryStorage(InstantSource.system());
  }
}
