package dev.carillon.tracking;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;

/** The open pixel of a mail. */
public record TrackedMail(EnvironmentId environment, MessageId message) implements Tracked {}
