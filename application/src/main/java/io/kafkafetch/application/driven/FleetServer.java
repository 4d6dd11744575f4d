package io.kafkafetch.application.driven;

/**
 * A server that shares the work.
 *
 * @param address where its HTTP API is reached by other servers, such as {@code 10.0.0.7:8000}
 */
public record FleetServer(ServerId id, String address) {}
