package io.kafkafetch.architecture.planted.application;

/** What the door is in the product. */
public final class Application {}
