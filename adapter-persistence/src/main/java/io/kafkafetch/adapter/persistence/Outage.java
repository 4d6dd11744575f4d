package io.kafkafetch.adapter.persistence;

import io.kafkafetch.application.driving.Refusal;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jooq.exception.DataAccessException;

/**
 * What a failure of the database means to a caller. The driver's own words stay here: they name
 * hosts, users and rows. SQLSTATEs are those of PostgreSQL's documentation, appendix A.
 */
final class Outage {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private Outage() {}

  /** Whether a failed call may have done something all the same. */
  enum Access {
    READ,
    WRITE
  }

  /**
   * The refusal to throw, or an exception that says that something is wrong with us.
   *
   * @param poolIsFull whether there are as many connections as there may be
   */
  static RuntimeException explained(
      DataAccessException failure, Access access, boolean poolIsFull) {
    if (failure.getCause(SQLTransientConnectionException.class) != null) {
      return unavailable(withoutConnection(failure, poolIsFull));
    }
    var state = state(failure);
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08" -> unavailable(brokenIn(access));
      // Operator intervention: cancelled by a time limit, or the server is going down.
      case "57" ->
          unavailable(
              state.equals("57014")
                  ? "The database took too long; nothing was changed."
                  : brokenIn(access));
      case "53" -> unavailable("The database is short of space, memory or connections.");
      case "40", "55" -> unavailable("The database is busy with other changes.");
      case "25" -> unavailable("The database takes no changes at the moment.");
      case "28", "3D" -> unavailable(refused(state));
      // Our own trigger's.
      case "KF" -> withoutKey();
      default ->
          new IllegalStateException(
              "The database answered with what was not expected (SQLSTATE " + state + ")", failure);
    };
  }

  /** Another server has set a key, while this one runs without. */
  static Refusal.Unavailable withoutKey() {
    return unavailable(
        "Secrets are encrypted in this database, and this server has no SECRET_KEY: restart it with"
            + " the key of the others.");
  }

  /** What keeps a connection from being made, in a sentence that names where. */
  static Refusal.Unavailable atStart(SQLException failure, String address) {
    var state = String.valueOf(failure.getSQLState());
    return unavailable(
        state.startsWith("28") || state.startsWith("3D")
            ? "The database at " + address + ": " + refused(state)
            : "The database at " + address + " cannot be reached.");
  }

  /** Whether the server went away, rather than answered. */
  static boolean isConnectionLost(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  /** SQLSTATE 00000 where there is none. */
  static String state(DataAccessException failure) {
    var cause = failure.getCause(SQLException.class);
    return cause == null || cause.getSQLState() == null ? "00000" : cause.getSQLState();
  }

  private static String withoutConnection(DataAccessException failure, boolean poolIsFull) {
    if (poolIsFull) {
      return "The database is busy: every connection to it stayed in use for as long as a request"
          + " waits for one; nothing was changed.";
    }
    var state = state(failure);
    return state.startsWith("28") || state.startsWith("3D")
        ? refused(state)
        : "The database cannot be reached; nothing was changed.";
  }

  private static String refused(String state) {
    return state.startsWith("3D")
        ? "The server has no database of that name."
        : "The database does not let this server in: user or password are refused.";
  }

  private static String brokenIn(Access access) {
    return switch (access) {
      case READ -> "The database cannot be reached.";
      case WRITE ->
          "The database went away in the middle of a change. Whether it was made is unknown: look"
              + " before trying again.";
    };
  }

  private static Refusal.Unavailable unavailable(String detail) {
    return new Refusal.Unavailable(detail, RETRY_AFTER);
  }
}
