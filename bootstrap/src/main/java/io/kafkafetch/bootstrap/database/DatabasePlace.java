package io.kafkafetch.bootstrap.database;

import io.kafkafetch.application.driven.Storage;
import java.util.function.Supplier;

/**
 * One database.
 *
 * @param kind what it is, for people: {@code PostgreSQL}
 * @param address where it is, for people, without anything secret
 * @param local whether it is opened within this process: then a start fails when it cannot be
 *     opened. Any other may still be away, and is waited for while the server answers 503
 * @param open opens it; throws {@link io.kafkafetch.application.driving.Refusal.Unavailable} when
 *     another try may help
 */
public record DatabasePlace(String kind, String address, boolean local, Supplier<Storage> open) {}
