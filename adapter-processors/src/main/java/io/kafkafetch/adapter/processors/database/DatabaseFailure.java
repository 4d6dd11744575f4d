package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.Cause;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an error of the database means for the records it was given. Read from SQLSTATE alone, never
 * from a message's words, which come in the server's language. Source: PostgreSQL's manual,
 * appendix A.
 */
sealed interface DatabaseFailure {
  /**
   * A record is at fault.
   *
   * @param row which row of the COPY it is, from 0, where the server says so
   * @param column the column at fault, where the server says so
   * @param unreadable whether the server could not even read it, as opposed to a rule that it
   *     breaks
   */
  record Refused(String reason, OptionalInt row, Optional<String> column, boolean unreadable)
      implements DatabaseFailure {}

  /** A row of the same identity is there already, or another unique index is in the way. */
  record Duplicate(Refused refused) implements DatabaseFailure {}

  /** A table or a column that was there is gone. */
  record Vanished(String reason) implements DatabaseFailure {}

  /** No record is at fault. */
  record Unavailable(Cause cause) implements DatabaseFailure {}

  /**
   * Reads an error.
   *
   * @param copied the table that a COPY wrote to, to find the row in the server's context
   */
  static DatabaseFailure of(SQLException error, DatabaseAddress address, String copied) {
    var state = error.getSQLState() == null ? "" : error.getSQLState();
    var server = server(error);
    return switch (Kind.of(state)) {
      case DATA -> refused(state, server, copied);
      case DUPLICATE -> new Duplicate(refused(state, server, copied));
      case VANISHED -> new Vanished(reason(error, state, address));
      case TRANSIENT -> new Unavailable(new Cause.Transient(reason(error, state, address)));
      case FATAL -> new Unavailable(new Cause.Fatal(reason(error, state, address)));
    };
  }

  /** The same where no record is in play, as in opening. */
  static Cause causeOf(SQLException error, DatabaseAddress address) {
    return switch (of(error, address, "")) {
      case Unavailable unavailable -> unavailable.cause();
      case Vanished vanished -> new Cause.Transient(vanished.reason());
      case Refused refused -> new Cause.Transient(refused.reason());
      case Duplicate duplicate -> new Cause.Transient(duplicate.refused().reason());
    };
  }

  /** What an SQLSTATE stands for. */
  enum Kind {
    DATA,
    DUPLICATE,
    VANISHED,
    TRANSIENT,
    FATAL;

    static Kind of(String state) {
      return switch (state) {
        case "23505" -> DUPLICATE;
        // A trigger's own refusal, a view's check option, a value beyond a limit of PostgreSQL's.
        case "P0001", "44000", "54000", "54001" -> DATA;
        case "42P01", "42703", "42704" -> VANISHED;
        // Somebody else has just made what we were about to make.
        case "42P07", "42701", "42710" -> TRANSIENT;
        // The driver's own: no such authentication, no TLS although it is required.
        case "08004" -> FATAL;
        case "3D000", "3F000", "42501", "XX001", "XX002", "55000" -> FATAL;
        default -> ofClass(state.length() == 5 ? state.substring(0, 2) : "");
      };
    }

    private static Kind ofClass(String stateClass) {
      return switch (stateClass) {
        case "22", "23" -> DATA;
        case "0A", "0L", "0P", "28", "2B", "34", "38", "39", "42", "F0" -> FATAL;
        // Connection, read-only after a failover, rollback, resources, intervention, I/O; and what
        // is unknown is tried again rather than given up.
        default -> TRANSIENT;
      };
    }
  }

  private static @Nullable ServerErrorMessage server(SQLException error) {
    return error instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
  }

  private static Refused refused(String state, @Nullable ServerErrorMessage server, String copied) {
    if (server == null) {
      return new Refused(
          "The database refused the record (SQLSTATE " + state + ")",
          OptionalInt.empty(),
          Optional.empty(),
          false);
    }
    var place = CopyPlace.find(server.getWhere(), copied);
    var column = Optional.ofNullable(server.getColumn()).or(() -> place.flatMap(CopyPlace::column));
    var reason = new StringBuilder("The database refused the record: ").append(meaning(state));
    column.ifPresent(name -> reason.append(", column ").append(name));
    if (server.getConstraint() != null) {
      reason.append(", constraint ").append(server.getConstraint());
    }
    reason.append(" (SQLSTATE ").append(state).append(')');
    var row = place.map(p -> OptionalInt.of(p.row())).orElse(OptionalInt.empty());
    boolean unreadable = state.startsWith("22") || state.startsWith("54");
    return new Refused(reason.toString(), row, column, unreadable);
  }

  /** In our words: the server's may quote the record. */
  private static String meaning(String state) {
    return switch (state) {
      case "22001" -> "a text is too long";
      case "22003" -> "a number is out of range";
      case "22008" -> "a time is out of range";
      case "22021", "22P05" -> "a character cannot be stored";
      case "22P02", "22P03" -> "a value is malformed";
      case "23502" -> "a column takes no null";
      case "23503" -> "a foreign key is violated";
      case "23505" -> "a unique index is violated";
      case "23514" -> "a check is violated";
      case "23P01" -> "an exclusion is violated";
      case "44000" -> "a view's check is violated";
      case "54000", "54001" -> "a value is beyond a limit of PostgreSQL's";
      case "P0001" -> "a trigger raised an error";
      default -> "it violates a rule";
    };
  }

  private static String reason(SQLException error, String state, DatabaseAddress address) {
    var server = server(error);
    var message = server == null ? error.getMessage() : server.getMessage();
    var text = "PostgreSQL at %s: %s".formatted(address.destination(), message);
    var safe = address.password().isEmpty() ? text : text.replace(address.password(), "***");
    return state.isEmpty() ? safe : safe + " (SQLSTATE " + state + ")";
  }
}
