package io.kafkafetch.application.driving;

/**
 * Sessions of this server, since it started.
 *
 * @param open now, those that are just opening or leaving their group included
 * @param opened that were subscribed
 * @param closed by their clients
 * @param expired because no call came in time
 * @param failed because their reader broke
 * @param refused because a limit was reached
 */
public record SessionCounts(
    long open, long opened, long closed, long expired, long failed, long refused) {}
