package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A disk with a fault, on a machine that crashes later. */
record TwoFaults(FaultyDisk disk, int crashAt) implements Disk {
  private void step() {
    if (disk.steps() >= crashAt) {
      throw new Crash(disk.steps());
    }
  }

  @Override
  public FileChannel openToAppend(Location location) throws IOException {
    step();
    return disk.openToAppend(location);
  }

  @Override
  public FileChannel openEmpty(Location location) throws IOException {
    step();
    return disk.openEmpty(location);
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes) throws IOException {
    step();
    disk.write(file, bytes);
  }

  @Override
  public void force(FileChannel file) throws IOException {
    step();
    disk.force(file);
  }

  @Override
  public void truncate(FileChannel file, long length) throws IOException {
    step();
    disk.truncate(file, length);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    disk.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    disk.delete(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    step();
    disk.forceFolder(folder);
  }
}
