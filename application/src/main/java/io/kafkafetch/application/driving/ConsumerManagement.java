package io.kafkafetch.application.driving;

import java.util.OptionalLong;

/**
 * Making, changing and running managed consumers. A change that was answered survives a crash of
 * the server right after.
 *
 * <p>{@code ids} are texts as callers send them: one that cannot be an id is simply not found. An
 * {@code expectedRevision} that is present and no longer current refuses the change with {@link
 * Refusal.StaleRevision}.
 */
public interface ConsumerManagement {
  /**
   * Makes a consumer, and starts it when the draft says so.
   *
   * @throws Refusal.Invalid naming every wrong field
   */
  ConsumerView create(ConsumerDraft draft);

  /**
   * One consumer.
   *
   * @throws Refusal.NotFound when there is none of that id
   */
  ConsumerView get(String id);

  /**
   * The consumers that match, oldest first.
   *
   * @throws Refusal.Invalid for a status or cursor that cannot be
   */
  Page<ConsumerView> list(ConsumerFilter filter);

  /**
   * Changes what the draft names and leaves the rest.
   *
   * @throws Refusal.Invalid naming every wrong field
   */
  ConsumerView update(String id, ConsumerDraft draft, OptionalLong expectedRevision);

  /** Starts it; nothing changes when it is ACTIVE already. */
  ConsumerView start(String id, OptionalLong expectedRevision);

  /** Stops it; nothing changes when it is INACTIVE already. */
  ConsumerView stop(String id, OptionalLong expectedRevision);

  /** Stops and forgets it. */
  void delete(String id, OptionalLong expectedRevision);
}
