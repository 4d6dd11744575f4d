package io.kafkafetch.architecture.planted.application.management;

/** Breaks a rule on purpose. */
public final class Creating {}
