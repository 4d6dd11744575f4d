package io.kafkafetch.architecture.planted.application.fleet;

/** Breaks a rule on purpose. */
public final class Reconciler {}
