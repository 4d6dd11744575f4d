package io.kafkafetch.application.driving;

import java.util.Optional;

/**
 * Looking at the records that a consumer's processors refused, and giving them another chance. Ids
 * are texts as callers send them; every method throws {@link Refusal.NotFound} for an unknown
 * consumer.
 */
public interface DeadLetterManagement {
  /**
   * Letters in the order of the dead-letter topic; none while there is no such topic. A page may
   * hold fewer than the limit, even none, and still have a next one: reading is bounded in time and
   * bytes.
   *
   * @param limit how many at most, at least 1
   * @param cursor where the page before ended, as it said
   */
  DeadLetterPage letters(String id, int limit, Optional<String> cursor);

  /**
   * Begins to give letters to the processors that refused them, under their original coordinates.
   * Only letters that are there now, and were not redriven before.
   *
   * @throws Refusal.Conflict when a redrive of this consumer is running already
   */
  Redrive redrive(String id, RedriveDraft draft);

  /** What {@link #redrive} would do, counted; changes nothing. */
  RedriveCounts preview(String id, RedriveDraft draft);

  /**
   * The last redrive.
   *
   * @throws Refusal.NotFound when there was none
   */
  Redrive lastRedrive(String id);

  /**
   * Stops the running redrive, on whichever server it runs.
   *
   * @throws Refusal.Conflict when none is running
   */
  Redrive cancelRedrive(String id);

  /**
   * Deletes letters for good.
   *
   * @throws Refusal.Conflict when letters of other consumers would go with them and that was not
   *     allowed, or a redrive is running
   */
  Purge purge(String id, PurgeDraft draft);
}
