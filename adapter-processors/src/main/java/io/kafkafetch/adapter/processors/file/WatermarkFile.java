package io.kafkafetch.adapter.processors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.adapter.processors.file.Roots.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Where a watermark is kept. It is replaced as a whole: after a crash the old one is there, or the
 * new one.
 */
final class WatermarkFile {
  private final Disk disk;
  private final Location place;
  private final Location unfinished;

  WatermarkFile(Disk disk, Location place) {
    this.disk = disk;
    this.place = place;
    this.unfinished = place.beside(place.path().getFileName() + ".tmp");
  }

  Optional<Watermark> read() throws IOException {
    try {
      return Optional.of(Watermark.parse(Files.readString(place.path()), place.folder()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void write(Watermark watermark) throws IOException {
    try (var file = disk.openEmpty(unfinished)) {
      disk.write(file, ByteBuffer.wrap(watermark.toText(place.folder()).getBytes(UTF_8)));
      disk.force(file);
    }
    disk.rename(unfinished.path(), place.path());
    disk.forceFolder(place.folder());
  }
}
