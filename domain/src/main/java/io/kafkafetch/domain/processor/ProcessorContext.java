package io.kafkafetch.domain.processor;

/**
 * Whose processor is being opened.
 *
 * @param consumerId the managed consumer's id
 * @param processorId the processor's id, kept while its configuration stays the same
 * @param group the consumer group; part of what progress is kept under
 * @param config the configuration, valid by the schema, with secret references resolved
 */
public record ProcessorContext(
    String consumerId,
    String processorId,
    String group,
    ProcessorConfig config,
    ProcessorEnvironment environment) {}
