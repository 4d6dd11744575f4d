package io.kafkafetch.adapter.processors.file;

/** The one writer of a series of files in this process. */
sealed interface FileWriter permits SharedFile, ExactFile {
  /** Lets go of everything; nobody writes any more. Does not throw. */
  void close();
}
