package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Each single step that changes what is on disk, so that a test can end the process between any two
 * of them.
 */
interface Disk {
  /** The machine's own file systems. */
  Disk REAL = new RealDisk();

  /** Opens a file to append to, making it and its folders when they are not there. */
  FileChannel openToAppend(Location location) throws IOException;

  /** Opens a file to write anew, empty. */
  FileChannel openEmpty(Location location) throws IOException;

  /** Writes what remains in the buffer. What was written before a failure stays written. */
  void write(FileChannel file, ByteBuffer bytes) throws IOException;

  /** Makes what was written, and the file's length, survive a crash of the machine. */
  void force(FileChannel file) throws IOException;

  /** Cuts what is beyond the length. */
  void truncate(FileChannel file, long length) throws IOException;

  /** Gives a file another name in the same folder, in place of a file of that name. */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file that is there. */
  void delete(Path file) throws IOException;

  /** Makes names in a folder survive a crash of the machine. */
  void forceFolder(Path folder) throws IOException;
}
