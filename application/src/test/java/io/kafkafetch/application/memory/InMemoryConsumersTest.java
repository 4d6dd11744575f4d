package io.kafkafetch.application.memory;

import io.kafkafetch.application.contract.ConsumersContract;
import io.kafkafetch.application.driven.Storage;
import java.time.InstantSource;

class InMemoryConsumersTest extends ConsumersContract {
  @Override
  protected Storage open() {
    return new InMemoryStorage(InstantSource.system());
  }
}
