package io.kafkafetch.application.driving;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which dead letters are to be deleted.
 *
 * @param before those before this offset of the dead-letter topic; empty for all that are there now
 * @param letterPartition the partition of the dead-letter topic; empty for every one, or for 0
 *     where an offset is given
 * @param others whether letters of other consumers, which may share the topic, may go with them
 * @param dryRun only count
 */
public record PurgeDraft(
    OptionalLong before, OptionalInt letterPartition, boolean others, boolean dryRun) {}
