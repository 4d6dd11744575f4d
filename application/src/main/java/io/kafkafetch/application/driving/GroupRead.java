package io.kafkafetch.application.driving;

import java.time.Duration;
import java.util.Optional;

/**
 * What somebody wants to read as a member of a group.
 *
 * @param topic a legal topic name
 * @param group a legal group id
 * @param maxRecords at least 1; the answer comes as soon as there are so many
 * @param timeout counted from when the group has assigned partitions; then the answer is what there
 *     is
 * @param token what an earlier answer said comes next; acknowledges that answer
 */
public record GroupRead(
    String topic, String group, int maxRecords, Duration timeout, Optional<String> token) {}
