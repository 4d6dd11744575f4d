package io.kafkafetch.domain.processor;

/**
 * A processor as somebody wants it, before it runs.
 *
 * @param config the configuration, already valid by the factory's schema
 * @param topic the topic it will take records from
 * @param tasksMax how many members will run it at once, at least 1
 */
public record ProcessorPlan(
    ProcessorConfig config, String topic, int tasksMax, ProcessorEnvironment environment) {}
