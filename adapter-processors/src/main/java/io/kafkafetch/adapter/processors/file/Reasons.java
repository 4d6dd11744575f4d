package io.kafkafetch.adapter.processors.file;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says in words what a file system's refusal means; never names a class. */
final class Reasons {
  private Reasons() {}

  /** A sentence for an operator. */
  static String of(Path path, IOException failure) {
    return "Cannot write " + path + ": " + why(failure);
  }

  private static String why(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied" + at(denied);
      case NoSuchFileException gone -> "no such file or folder" + at(gone);
      case NotDirectoryException plain -> "not a folder" + at(plain);
      case FileAlreadyExistsException plain -> "not a folder" + at(plain);
      case FileSystemLoopException loop -> "symbolic links in a circle" + at(loop);
      case FileSystemException other -> said(other.getReason()) + at(other);
      case ClosedChannelException _ -> "the file was closed meanwhile; it is opened again";
      default -> said(failure.getMessage());
    };
  }

  private static String said(@Nullable String reason) {
    return reason == null || reason.isBlank() ? "the file system gave no reason" : reason;
  }

  private static String at(FileSystemException failure) {
    return failure.getFile() == null ? "" : " (" + failure.getFile() + ")";
  }
}
