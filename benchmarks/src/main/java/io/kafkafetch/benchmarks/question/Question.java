package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.Bench;
import io.kafkafetch.benchmarks.run.Report;

/** Something that is asked about speed, and how it is answered. */
public interface Question {
  /** Its name on the command line. */
  String name();

  /** What it asks, in a few words. */
  String asks();

  /** Starts what is needed on the bench, measures and compares. */
  Report answer(Bench bench) throws Exception;
}
