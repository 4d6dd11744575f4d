package io.kafkafetch.adapter.http.server;

import java.io.IOException;

/** The connection to the caller broke: nobody is there to be told anything. */
public final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Broke for that reason. */
  public ClientGoneException(Throwable cause) {
    super("The connection to the caller broke", cause);
  }
}
