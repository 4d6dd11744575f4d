package io.kafkafetch.application.memory;

import io.kafkafetch.application.contract.ConsumerListsContract;
import io.kafkafetch.application.driven.Storage;
import java.time.InstantSource;

class InMemoryConsumerListsTest extends ConsumerListsContract {
  @Override
  protected Storage open() {
    return new InMemoryStorage(InstantSource.system());
  }
}
