package io.kafkafetch.adapter.processors.file;

/** How a sink wants its lines written. */
record Writing(LineFormat format, Fsync fsync, Rotation rotation, boolean gzip) {}
