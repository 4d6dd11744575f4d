package io.kafkafetch.bootstrap.wiring;

import io.kafkafetch.adapter.http.DrivingPorts;
import io.kafkafetch.application.Application;

/** Every conversation that an application has to offer, as the API takes them. */
public final class OfferedPorts {
  private OfferedPorts() {}

  /** The driving ports of this application. */
  public static DrivingPorts of(Application application) {
    return new DrivingPorts(
        application.consumers(),
        application.processors(),
        application.health(),
        application.producing(),
        application.consuming(),
        application.topics(),
        application.groups(),
        application.offsets(),
        application.history(),
        application.trial(),
        application.insight(),
        application.activity(),
        application.deadLetters(),
        application.sessions(),
        application.ownership());
  }
}
