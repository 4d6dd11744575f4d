package io.kafkafetch.adapter.processors.http;

import java.io.IOException;

/** A host resolves to nothing but addresses that must not be reached. */
final class ForbiddenTargetException extends IOException {
  private static final long serialVersionUID = 1L;

  ForbiddenTargetException(String sentence) {
    super(sentence);
  }
}
