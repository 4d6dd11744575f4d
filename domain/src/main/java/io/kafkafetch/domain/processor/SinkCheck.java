package io.kafkafetch.domain.processor;

/**
 * One thing that was tried on a sink without changing it.
 *
 * @param name what was tried, such as {@code writable}
 * @param detail a sentence: what was found, and what to do when it is not well
 */
public record SinkCheck(String name, boolean ok, String detail) {}
