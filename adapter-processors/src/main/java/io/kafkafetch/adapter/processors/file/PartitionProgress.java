package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.Progress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition got in an exactly-once file: what the watermark says, what is in the file,
 * and where it is back to when what the watermark does not cover is lost.
 */
final class PartitionProgress {
  private @Nullable Progress durable;
  private @Nullable Progress reached;
  private @Nullable Progress base;

  /** Up to here the engine was told that lines are in the file. */
  private long told;

  private boolean open;
  private boolean unsaved;
  private boolean inFile;
  private boolean rewound;

  PartitionProgress(Optional<Progress> durable) {
    this.durable = durable.orElse(null);
    this.reached = this.durable;
  }

  boolean isOpen() {
    return open;
  }

  void open() {
    open = true;
  }

  void close() {
    open = false;
    rewound = false;
  }

  /** What survives a crash. */
  Optional<Progress> durable() {
    return Optional.ofNullable(durable);
  }

  /** What the next watermark says. */
  Optional<Progress> reached() {
    return Optional.ofNullable(reached);
  }

  /** The first offset that is not in the file. */
  long next() {
    return begun().nextOffset();
  }

  private Progress begun() {
    if (reached == null) {
      throw new IllegalStateException("begin comes before anything else");
    }
    return reached;
  }

  /**
   * Delivery begins. Within one generation nothing in the file is written again; another generation
   * begins where it says.
   */
  void begin(Progress start) {
    rewound = false;
    told = start.nextOffset();
    var known = reached;
    boolean ahead =
        known != null
            && known.generation() == start.generation()
            && known.nextOffset() >= start.nextOffset();
    if (!ahead) {
      reached = start;
      unsaved = true;
    }
  }

  /** Lines up to the offset are in the file. */
  void written(long nextOffset) {
    if (!inFile) {
      base = reached;
      inFile = true;
    }
    skipTo(nextOffset);
  }

  /** Nothing up to the offset is to be written. */
  void skipTo(long nextOffset) {
    told = Math.max(told, nextOffset);
    if (nextOffset > next()) {
      reached = begun().at(nextOffset);
      unsaved = true;
    }
  }

  /** Whether the watermark does not say yet how far this got. */
  boolean isUnsaved() {
    return unsaved || inFile;
  }

  /** Whether lines were lost that the engine believes to be in the file. */
  boolean isRewound() {
    return rewound;
  }

  /** The watermark says so now. */
  void saved() {
    durable = reached;
    unsaved = false;
    inFile = false;
  }

  /** Lines beyond the watermark are gone. */
  void lost() {
    if (inFile) {
      reached = base;
      inFile = false;
      unsaved = true;
      rewound = open && told > next();
    }
  }
}
