package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.ConsumerSessions;
import io.kafkafetch.application.driving.ProcessorCatalog;
import io.kafkafetch.application.driving.ServerHealth;

/** The conversations that are offered over HTTP. */
public record DrivingPorts(
    ConsumerManagement consumers,
    ProcessorCatalog processors,
    ServerHealth health,
    ConsumerSessions sessions) {}
