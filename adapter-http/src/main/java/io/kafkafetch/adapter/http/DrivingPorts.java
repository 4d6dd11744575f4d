package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driving.ConsumerHistory;
import io.kafkafetch.application.driving.ConsumerInsight;
import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.ConsumerOffsets;
import io.kafkafetch.application.driving.ConsumerSessions;
import io.kafkafetch.application.driving.ConsumerTrial;
import io.kafkafetch.application.driving.Consuming;
import io.kafkafetch.application.driving.DeadLetterManagement;
import io.kafkafetch.application.driving.GroupMonitoring;
import io.kafkafetch.application.driving.Ownership;
import io.kafkafetch.application.driving.ProcessorCatalog;
import io.kafkafetch.application.driving.Producing;
import io.kafkafetch.application.driving.ServerActivity;
import io.kafkafetch.application.driving.ServerHealth;
import io.kafkafetch.application.driving.TopicBrowsing;

/** The conversations that are offered over HTTP. */
public record DrivingPorts(
    ConsumerManagement consumers,
    ProcessorCatalog processors,
    ServerHealth health,
    Producing producing,
    Consuming consuming,
    TopicBrowsing topics,
    GroupMonitoring groups,
    ConsumerOffsets offsets,
    ConsumerHistory history,
    ConsumerTrial trial,
    ConsumerInsight insight,
    ServerActivity activity,
    DeadLetterManagement deadLetters,
    ConsumerSessions sessions,
    Ownership ownership) {}
