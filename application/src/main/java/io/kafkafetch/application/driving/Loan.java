package io.kafkafetch.application.driving;

import java.util.List;

/**
 * Records that are lent: their partitions are nobody else's until this ends, in exactly one of two
 * ways.
 */
public interface Loan {
  /** The records; those of a partition in their order. */
  List<ReadRecord> records();

  /** What the next call may carry to acknowledge these records. */
  String nextToken();

  /** The whole answer was written to its caller: what it holds is committed. */
  void delivered();

  /** The answer was not written: its records are read again, by whoever comes next. */
  void lost();
}
