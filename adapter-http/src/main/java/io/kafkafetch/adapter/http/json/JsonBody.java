package io.kafkafetch.adapter.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the JSON of an answer, name by name, so that what is shown is always said on purpose. */
@FunctionalInterface
public interface JsonBody {
  /** Writes exactly one value. */
  void write(JsonGenerator out) throws IOException;
}
