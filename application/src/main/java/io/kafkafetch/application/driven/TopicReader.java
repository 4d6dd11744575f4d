package io.kafkafetch.application.driven;

import io.kafkafetch.application.driving.TopicBrowsing;

/** Reads topics for those who look into them; offered to them as it is. */
public interface TopicReader extends TopicBrowsing {}
