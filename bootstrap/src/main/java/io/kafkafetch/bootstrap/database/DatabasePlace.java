package io.kafkafetch.bootstrap.database;

import io.kafkafetch.application.driven.Storage;
import java.util.Optional;

/**
 * One database.
 *
 * @param kind what it is, for people: {@code PostgreSQL}
 * @param address where it is, for people, without anything secret
 * @param local whether it is opened within this process: then a start fails when it cannot be
 *     opened. Any other may still be away, and is waited for while the server answers 503
 * @param opener opens it
 */
public record DatabasePlace(String kind, String address, boolean local, Opener opener) {
  /** Opens a database. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens it.
     *
     * @param secretKey {@code SECRET_KEY}, with which secrets are encrypted at rest. A database
     *     that cannot do that refuses the key, rather than to keep them in plain text
     * @throws io.kafkafetch.application.driving.Refusal.Unavailable when another try may help
     * @throws IllegalArgumentException when this cannot be done with that key; the message is a
     *     sentence for whoever starts the server
     */
    Storage open(Optional<String> secretKey);
  }
}
