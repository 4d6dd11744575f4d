package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;

/**
 * One member of a consumer's group, to be run by this server.
 *
 * @param revision the consumer's revision that {@code spec} belongs to
 * @param ordinal which of the consumer's {@code tasksMax} members, from 0
 * @param server the server that runs it; with consumer and ordinal it names the static member
 */
public record MemberSpec(
    ConsumerId consumer, long revision, int ordinal, ServerId server, ConsumerSpec spec) {}
