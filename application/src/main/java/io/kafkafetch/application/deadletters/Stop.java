package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driving.RedriveState;
import java.util.Optional;

/** Ends a redrive before its time; thrown and caught within its thread. */
final class Stop extends Exception {
  private static final long serialVersionUID = 1L;

  private final RedriveState state;

  private Stop(RedriveState state, String reason) {
    super(reason, null, false, false);
    this.state = state;
  }

  /** It cannot go on. */
  static Stop failed(String reason) {
    return new Stop(RedriveState.FAILED, reason);
  }

  /** Somebody cancelled it, or put another one in its place. */
  static Stop cancelled() {
    return new Stop(RedriveState.CANCELLED, "");
  }

  /** The server stops. */
  static Stop interrupted() {
    return new Stop(RedriveState.INTERRUPTED, "");
  }

  RedriveState state() {
    return state;
  }

  Optional<String> reason() {
    return Optional.ofNullable(getMessage()).filter(it -> !it.isEmpty());
  }
}
