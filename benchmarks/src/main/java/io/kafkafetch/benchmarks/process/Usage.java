package io.kafkafetch.benchmarks.process;

import java.time.Duration;

/** What somebody uses of the machine. */
public interface Usage {
  /** Nobody whose use would say something. */
  Usage NONE =
      new Usage() {
        @Override
        public Duration cpu() {
          return Duration.ZERO;
        }

        @Override
        public void forgetPeak() {
          // There is none.
        }

        @Override
        public long peakBytes() {
          return 0;
        }
      };

  /** The CPU time used so far, over all threads. */
  Duration cpu();

  /** Lets the peak begin anew at what is resident now, where the system can. */
  void forgetPeak();

  /** The most memory that was resident, in bytes; 0 where nobody says. */
  long peakBytes();
}
