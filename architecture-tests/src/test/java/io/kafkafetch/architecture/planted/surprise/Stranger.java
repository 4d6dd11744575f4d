package io.kafkafetch.architecture.planted.surprise;

/** Breaks a rule on purpose. */
final class Stranger {}
