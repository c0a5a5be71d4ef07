package dev.carillon.tracking;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;

/** What a tracked address stands for. */
public sealed interface Tracked permits TrackedLink, TrackedMail {
  EnvironmentId environment();

  MessageId message();
}
