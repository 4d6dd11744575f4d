package io.kafkafetch.application.contract;

import io.kafkafetch.application.driven.Storage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of storage have in common: each test gets a storage with nothing in it. */
public abstract class StorageContract {
  private @Nullable Storage opened;

  /** Opens the storage under test, with nothing in it; it is closed after the test. */
  protected abstract Storage open();

  /** The storage of this test. */
  protected final Storage storage() {
    return Objects.requireNonNull(opened);
  }

  @BeforeEach
  final void openStorage() {
    opened = open();
  }

  @AfterEach
  final void closeStorage() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
