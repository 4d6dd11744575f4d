package io.kafkafetch.application.driving;

/**
 * What a redrive did, counted in letters.
 *
 * @param letters letters of the consumer that it looked at
 * @param selected those that were chosen and can be given to a processor
 * @param delivered those that their processor took
 * @param deadLettered those that were refused again and have a new letter now
 * @param alreadyRedriven those that an earlier redrive dealt with
 * @param attemptsUsedUp those that were given up too often to be tried again
 * @param withoutProcessor those whose processor is gone, with nothing to say which one is meant
 * @param unreadable those whose headers cannot be understood
 * @param retries how often something was tried again that may pass
 */
public record RedriveCounts(
    long letters,
    long selected,
    long delivered,
    long deadLettered,
    long alreadyRedriven,
    long attemptsUsedUp,
    long withoutProcessor,
    long unreadable,
    long retries) {
  /** Nothing yet. */
  public static final RedriveCounts NONE = new RedriveCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
