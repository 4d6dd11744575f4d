package io.kafkafetch.adapter.processors.file;

/** The end of the process, where no child process is ended for it. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash(int step) {
    super("Crashed at step " + step, null, false, false);
  }
}
