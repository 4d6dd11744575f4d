package io.kafkafetch.architecture.planted.application.driven;

/** Breaks a rule on purpose. */
public interface Store {}
