package io.kafkafetch.application.driving;

/**
 * Which server of the fleet has what can only live on one: a session, and the member of a group
 * that reads for callers. Asking costs nothing: it is answered from what the last heartbeats said.
 */
public interface Ownership {
  /**
   * Who has a session; {@link Owner.Here} also for an id that no server can have given.
   *
   * @throws Refusal.NotFound when the server that opened it is gone, and the session with it
   */
  Owner ofSession(String id);

  /** Who reads for the callers of a group. Servers may disagree for as long as a heartbeat. */
  Owner ofGroup(String group);

  /** Whether that server's heartbeat still counts. */
  boolean lives(Owner.There server);

  /** A server, as seen from this one. */
  sealed interface Owner {
    /** This server itself. */
    record Here() implements Owner {}

    /**
     * Another one.
     *
     * @param address where its API is reached, such as {@code 10.0.0.7:8000}
     */
    record There(String address) implements Owner {}
  }
}
