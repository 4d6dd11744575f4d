package io.kafkafetch.adapter.processors.file;

/** When lines are forced to disk. */
enum Fsync {
  /** Before each commit: they survive a crash of the machine. */
  COMMIT,
  /** Left to the operating system: they survive a crash of the process only. */
  NEVER
}
