package io.kafkafetch.domain.consumer;

/** What is wanted of a consumer, and whether it had to be given up. */
public sealed interface ConsumerState {
  /** The word for it on the wire and in the database. */
  String label();

  /** Nothing is read. */
  record Inactive() implements ConsumerState {
    @Override
    public String label() {
      return "INACTIVE";
    }
  }

  /** It should be read. How well that goes is told by the run reports, not here. */
  record Active() implements ConsumerState {
    @Override
    public String label() {
      return "ACTIVE";
    }
  }

  /** It should be read, but cannot. */
  record InError(Failure failure) implements ConsumerState {
    @Override
    public String label() {
      return "ERROR";
    }
  }
}
