package io.kafkafetch.application.memory;

import io.kafkafetch.application.contract.ClaimsContract;
import io.kafkafetch.application.driven.Storage;
import java.time.InstantSource;

class InMemoryClaimsTest extends ClaimsContract {
  @Override
  protected Storage open() {
    return new InMemoryStorage(InstantSource.system());
  }
}
